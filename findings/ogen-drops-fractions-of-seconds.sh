#!/usr/bin/env bash
# The clients and servers that ogen (1.25.0, Go) makes write a `date-time` without its fraction of a second: an object that is
# read and written again, with no field touched, has another instant. RFC 3339 allows a fraction and Go's time.Time, whose own
# MarshalJSON keeps it, holds one; ogen formats with the layout time.RFC3339, which has none, and reads with the same layout,
# which takes one all the same. Source: json/time.go of ogen, EncodeDateTime. The extension `x-ogen-time-format` changes it.
set -euo pipefail

version=1.25.0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > openapi.json <<'JSON'
{
  "openapi": "3.1.0",
  "info": { "title": "Readings", "version": "1" },
  "paths": {
    "/reading": {
      "get": {
        "operationId": "getReading",
        "responses": {
          "200": {
            "description": "The last one",
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Reading" } } }
          }
        }
      }
    }
  },
  "components": {
    "schemas": {
      "Reading": {
        "type": "object",
        "properties": { "at": { "type": "string", "format": "date-time" } },
        "required": ["at"]
      }
    }
  }
}
JSON
cat > ogen.yaml <<'YAML'
generator: { features: { disable_all: true, enable: [paths/client] } }
YAML
cat > main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"

	"example.com/readings/api"
)

func main() {
	read := `{"at":"2030-01-31T12:00:00.789Z"}`
	var reading api.Reading
	if err := json.Unmarshal([]byte(read), &reading); err != nil {
		panic(err)
	}
	written, err := json.Marshal(&reading)
	if err != nil {
		panic(err)
	}
	plain, err := json.Marshal(reading.At)
	if err != nil {
		panic(err)
	}
	fmt.Printf("read     %s\nin Go    %s\nwritten  %s\n", read, plain, written)
}
GO

go run "github.com/ogen-go/ogen/cmd/ogen@v$version" \
  --config ogen.yaml --target api --package api --clean openapi.json
printf 'module example.com/readings\n\ngo 1.26\n\nrequire github.com/ogen-go/ogen v%s\n' "$version" > go.mod
go mod tidy 2> tidy.log || { cat tidy.log; exit 1; }
output=$(go run .)
echo "ogen $version"
echo "$output"

grep -qF 'in Go    "2030-01-31T12:00:00.789Z"' <<< "$output"
grep -qF 'written  {"at":"2030-01-31T12:00:00Z"}' <<< "$output"

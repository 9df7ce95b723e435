#!/usr/bin/env bash
# oapi-codegen (2.8.2, Go) makes code that does not compile of an OpenAPI 3.1 document with `webhooks`, if a webhook's body is a
# named schema that no operation uses. Schemas that nothing refers to are left out ("pruned") by default, and what refers to them
# is looked for in the paths alone; an alias for the body of the webhook is written all the same, of a type that is not there.
# It exits with 0 and warns of nothing. `output-options: { skip-prune: true }` gives code that compiles.
# Source: runs of the generator; pkg/codegen/prune.go (`walkSwagger`) of oapi-codegen 2.8.2.
set -euo pipefail

version=2.8.2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > openapi.json <<'JSON'
{
  "openapi": "3.1.0",
  "info": { "title": "Orders", "version": "1" },
  "paths": {
    "/orders": { "get": { "operationId": "countOrders", "responses": { "204": { "description": "None" } } } }
  },
  "webhooks": {
    "order.placed": {
      "post": {
        "operationId": "orderPlaced",
        "requestBody": {
          "required": true,
          "content": { "application/json": { "schema": { "$ref": "#/components/schemas/OrderPlaced" } } }
        },
        "responses": { "204": { "description": "Taken" } }
      }
    }
  },
  "components": {
    "schemas": {
      "OrderPlaced": {
        "type": "object",
        "properties": { "order": { "type": "string" } },
        "required": ["order"]
      }
    }
  }
}
JSON
printf 'module example.com/orders\n\ngo 1.25\n' > go.mod

# Only types, which need no package but those of Go.
generate() {
  printf 'package: orders\noutput: orders.go\ngenerate: { models: true }\noutput-options: { skip-prune: %s }\n' "$1" > config.yaml
  go run "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v$version" -config config.yaml openapi.json
}

echo "oapi-codegen $version"
generate false
if go build ./... 2> build.log; then
  echo "It compiles"
  exit 1
fi
cat build.log
grep -q 'undefined: OrderPlaced' build.log

generate true
go build ./...
echo "It compiles with skip-prune"

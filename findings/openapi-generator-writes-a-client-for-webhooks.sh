#!/usr/bin/env bash
# openapi-generator 7.25.0 takes the `webhooks` of an OpenAPI 3.1 document for calls: for each tag there it writes an API class
# that posts the events, from the receiver to the sender. `typescript-fetch` writes its imports without names (`type ,` and
# `FromJSON` from '../models/'): nothing imports that file, but a compiler that is given the folder stops at it, for one webhook with
# a named schema. Validation and generation end with status 0. No option says "no webhooks": they are left out by naming everything else,
# `--global-property apis,models,supportingFiles`, and the types of the bodies are made all the same.
# Source: runs of the generator; DefaultGenerator.java (`generateWebhooks`) of openapi-generator 7.25.0.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId><artifactId>generator</artifactId><version>1</version>
  <dependencies><dependency><groupId>org.openapitools</groupId><artifactId>openapi-generator-cli</artifactId>
    <version>7.25.0</version></dependency></dependencies></project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat >api.json <<'JSON'
{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/things": {"get": {
  "operationId": "listThings", "tags": ["Things"], "responses": {"204": {"description": "none"}}}}},
 "webhooks": {"thing.made": {"post": {"operationId": "thingMade", "tags": ["Events"],
  "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ThingMade"}}}},
  "responses": {"204": {"description": "taken"}}}}},
 "components": {"schemas": {"ThingMade": {"type": "object", "properties": {"name": {"type": "string"}}}}}}
JSON
npm init -y >/dev/null
npm install --silent --no-audit --no-fund typescript@5.9.3
generate() { java -cp 'lib/*' org.openapitools.codegen.OpenAPIGenerator generate -i api.json -g typescript-fetch "$@" >generate.log 2>&1; }
compile() { node_modules/.bin/tsc --noEmit --strict --target es2022 --module esnext --moduleResolution bundler "$1"; }

generate -o with
generate -o without --global-property apis,models,supportingFiles
echo "openapi-generator 7.25.0, $(node_modules/.bin/tsc --version)"
grep -n -A3 '^import {' with/apis/EventsApi.ts
if compile with/apis/EventsApi.ts >with.log; then exit 1; fi
echo "with the webhook: $(head -1 with.log)"
test ! -e without/apis/EventsApi.ts
test -e without/models/ThingMade.ts
compile without/index.ts
echo "without it: compiles, and has models/ThingMade.ts"

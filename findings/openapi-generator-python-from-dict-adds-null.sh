#!/usr/bin/env bash
# openapi-generator's Python client, 7.25.0: a model that is made by `from_dict` or `from_json` of an object with one field
# sends back more than that: every nullable field that was not in the object is in `to_dict` and `to_json` as null. The same model
# made by its constructor sends the one field. `from_dict` passes `obj.get(name)` for each property, which pydantic counts as set,
# and `to_dict` keeps null for nullable fields that were set. For the body of a PATCH, where null clears a field and absent keeps
# it, `Patch.from_dict({"name": "A"})` therefore erases what it does not name; the comment in the generated `to_dict` ("`None` is
# only added to the output dict for nullable fields that were set at model initialization") reads as if it could not.
# Source: the generated models and a run of them; template python/model_generic.mustache of openapi-generator 7.25.0.
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
{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/things": {"patch": {
  "operationId": "patchThing",
  "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Patch"}}}},
  "responses": {"204": {"description": "done"}}}}},
 "components": {"schemas": {"Patch": {"type": "object", "properties": {
  "name": {"type": "string"}, "phone": {"type": ["string", "null"]}, "color": {"type": "string"}}}}}}
JSON
java -cp 'lib/*' org.openapitools.codegen.OpenAPIGenerator generate -i api.json -g python -o client \
  --additional-properties=packageName=things >generate.log 2>&1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check -r client/requirements.txt
cat >ask.py <<'PY'
from things import Patch

made, parsed = Patch(name="A").to_dict(), Patch.from_dict({"name": "A"}).to_dict()
print("Patch(name='A') sends", made)
print("Patch.from_dict({'name': 'A'}) sends", parsed)
assert made == {"name": "A"}, made
assert parsed == {"name": "A", "phone": None}, parsed
PY
echo "openapi-generator 7.25.0, pydantic $(venv/bin/python -c 'import pydantic; print(pydantic.VERSION)')"
PYTHONPATH=client venv/bin/python ask.py

import { prepareGo, prepareOapiCodegen, prepareOgen } from './prepare-go.mjs';
import { prepareJava } from './prepare-java.mjs';
import { prepareOpenApiPythonClient, preparePython } from './prepare-python.mjs';
import { prepareOpenApiFetch, prepareOpenApiTs, prepareTypescriptFetch } from './prepare-typescript.mjs';

/** The versions of openapi-generator that are tried: one that many have, and the newest. */
const OPENAPI_GENERATOR = ['7.17.0', '7.25.0'];
const GENERATORS = {
  'openapi-generator, Python': preparePython,
  'openapi-generator, Go': prepareGo,
  'openapi-generator, Java': prepareJava,
  'openapi-generator, TypeScript': prepareTypescriptFetch,
};

/** Each with its `prepare`, which makes the client and gives the command that runs its example. */
export const CLIENTS = [
  ...Object.entries(GENERATORS).flatMap(([name, prepare]) =>
    OPENAPI_GENERATOR.map((version) => ({ name, version, prepare })),
  ),
  // 2.8.0 is the first that reads OpenAPI 3.1.
  { name: 'oapi-codegen (Go)', version: '2.8.0', prepare: prepareOapiCodegen },
  { name: 'oapi-codegen (Go)', version: '2.8.2', prepare: prepareOapiCodegen },
  { name: 'ogen (Go)', version: '1.25.0', prepare: prepareOgen },
  { name: 'openapi-python-client', version: '0.29.1', prepare: prepareOpenApiPythonClient },
  { name: '@hey-api/openapi-ts', version: '0.99.0', prepare: prepareOpenApiTs },
  { name: 'openapi-typescript with openapi-fetch', version: '7.13.0', prepare: prepareOpenApiFetch },
];

import path from 'node:path';
import { copyExample, runOpenApiGenerator } from './generate.mjs';

/** The client of openapi-generator's `java` for the HTTP client of the JDK, with the example beside it. */
export async function prepareJava(context, options) {
  const { folder } = options;
  const client = await runOpenApiGenerator(context, options, 'java', {
    library: 'native',
    invokerPackage: 'com.example.gangway',
    apiPackage: 'com.example.gangway.api',
    modelPackage: 'com.example.gangway.model',
  });
  await copyExample('java-openapi-generator.java', path.join(client, 'src/main/java'), 'Example.java');
  const goals = [
    'compile',
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    '-DoutputDirectory=lib',
  ];
  await context.run('nice', ['-n', '15', 'mvn', '-q', '-B', ...goals], { cwd: client });
  const classPath = ['target/classes', 'lib/*'].map((part) => path.join(folder, 'client', part));
  return ['java', '-cp', classPath.join(path.delimiter), 'Example'];
}

import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Fetches packages of Maven Central in exact versions, with what they need: `{'com.svix:svix': '1.99.1'}`. Gives their class
 * path, for `java -cp`, which runs a program from its source.
 * @throws CommandError if one is missing, or there is no Maven
 */
export async function fetchMaven(context, name, dependencies) {
  const folder = await context.newFolder(name);
  const list = Object.entries(dependencies).map(([coordinates, version]) => {
    const [group, artifact] = coordinates.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  });
  const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
    <groupId>example</groupId><artifactId>compatibility</artifactId><version>1</version>
    <dependencies>${list.join('')}</dependencies></project>`;
  await writeFile(path.join(folder, 'pom.xml'), pom);
  const args = ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'];
  await context.run('nice', ['-n', '15', 'mvn', ...args], { cwd: folder });
  return path.join(folder, 'lib', '*');
}

import path from 'node:path';

/** The versions of Node that are tried: the newest of each line that npm carries. */
export const NODE_VERSIONS = ['20.20.2', '22.23.3', '24.21.0', '26.10.0'];

/**
 * Installs a version of Node from npm, once for each context. Gives the path of `node`, and the `env` in which `npm` and
 * everything it starts run with it.
 */
export async function installNode(context, version) {
  const name = `node-${process.platform}-${process.arch}`;
  const { folder } = await context.npm(`runtime-${version}`, { [name]: version });
  const bin = path.join(folder, 'node_modules', name, 'bin');
  return { node: path.join(bin, 'node'), env: { PATH: `${bin}${path.delimiter}${process.env.PATH}` } };
}

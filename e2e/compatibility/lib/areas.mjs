import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';

const AREAS = new URL('../areas/', import.meta.url);

/** The names of all areas: the folders of `areas/` with an index.mjs. */
export async function listAreas() {
  const names = await readdir(AREAS);
  return names.filter((name) => existsSync(new URL(`${name}/index.mjs`, AREAS))).toSorted();
}

/**
 * The generator of an area, which yields its rows: {name, version, checked, result}.
 * @throws Error if the area does not export `check`
 */
export async function loadArea(area) {
  const { check } = await import(new URL(`${area}/index.mjs`, AREAS).href);
  if (typeof check !== 'function') throw new Error(`The area ${area} does not export check(context).`);
  return check;
}

import ignore from '@balena/dockerignore';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../lib/root.mjs';

/**
 * Does what a Dockerfile says, with folders instead of images: each stage is a folder below `folder`, its base image is this
 * machine. Returns the last stage: `{root, workdir, env, user, command, healthcheck}`.
 */
export async function buildStages(stages, folder) {
  const ignored = ignore().add(await readFile(path.join(ROOT, '.dockerignore'), 'utf8'));
  const roots = new Map();
  let state;
  for (const [at, stage] of stages.entries()) {
    state = {
      root: path.join(folder, stage.name ?? `stage-${at}`),
      workdir: '/',
      env: {},
      user: '',
      command: [],
    };
    await mkdir(state.root, { recursive: true });
    if (stage.name) roots.set(stage.name, state.root);
    for (const step of stage.steps) {
      console.log(`  ${step.keyword} ${step.text.split('\n')[0]}`);
      await STEPS[step.keyword](state, step, { ignored, roots });
    }
  }
  return state;
}

const STEPS = {
  async WORKDIR(state, { args: [workdir] }) {
    state.workdir = path.posix.resolve(state.workdir, workdir);
    await mkdir(path.join(state.root, state.workdir), { recursive: true });
  },
  ENV(state, { args }) {
    for (const pair of args) state.env[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1);
  },
  RUN(state, { text }) {
    const { PATH, HOME } = process.env;
    const cwd = path.join(state.root, state.workdir);
    const { status } = spawnSync('sh', ['-c', text], {
      cwd,
      env: { PATH, HOME, ...state.env },
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error(`RUN ${text} ended with ${status}`);
  },
  async COPY(state, { args, flags }, { ignored, roots }) {
    const target = path.join(state.root, path.posix.resolve(state.workdir, args.at(-1)));
    const from = flags.from === undefined ? ROOT : roots.get(flags.from);
    const isKept = (file) =>
      flags.from !== undefined || file === ROOT || !ignored.ignores(path.relative(ROOT, file));
    for (const source of args.slice(0, -1)) {
      const file = path.join(from, source);
      const isFile = (await stat(file)).isFile();
      const isInto = isFile && (args.length > 2 || args.at(-1).endsWith('/'));
      await cp(file, isInto ? path.join(target, path.basename(file)) : target, {
        recursive: true,
        verbatimSymlinks: true,
        filter: isKept,
      });
    }
  },
  USER(state, { args: [user] }) {
    state.user = user;
  },
  CMD(state, { args }) {
    state.command = args;
  },
  HEALTHCHECK(state, { text }) {
    state.healthcheck = JSON.parse(/CMD (\[.*\])$/s.exec(text)?.[1] ?? '[]');
  },
  EXPOSE() {
    // Nothing is in the way of a port here.
  },
};

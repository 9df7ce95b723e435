import { DockerfileParser } from 'dockerfile-ast';

/**
 * The stages of a Dockerfile, in order: `{name, from, steps}` with steps `{keyword, flags, args, text}`. `args` of a form in JSON
 * (`CMD ["a", "b"]`) are its strings.
 */
export function parseDockerfile(text) {
  const stages = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword();
    if (keyword === 'FROM') {
      stages.push({ name: instruction.getBuildStage(), from: instruction.getImage(), steps: [] });
      continue;
    }
    stages.at(-1)?.steps.push({
      keyword,
      flags: Object.fromEntries(
        (instruction.getFlags?.() ?? []).map((flag) => [flag.getName(), flag.getValue()]),
      ),
      args: argsOf(instruction),
      text: instruction.getArgumentsContent() ?? '',
    });
  }
  return stages;
}

function argsOf(instruction) {
  const strings = instruction.getJSONStrings?.() ?? [];
  if (strings.length > 0) return strings.map((string) => string.getJSONValue());
  if (instruction.getKeyword() === 'ENV')
    return instruction.getProperties().map((property) => `${property.getName()}=${property.getValue()}`);
  return instruction
    .getArguments()
    .map((argument) => argument.getValue())
    .filter((value) => !value.startsWith('--'));
}

// What `npm run check` consists of: types, lint, laws, dead code, and the fast tests. The long ones come first.

/** @returns {readonly import('./steps.mjs').Step[]} */
export function checkSteps() {
  const types = ['build', 'electron', 'shared', 'renderer', 'e2e'].map((room) => ({ name: `types of ${room}`, command: ['node_modules/typescript-native/bin/tsc', '-p', room] }))
  return [
    { name: 'unit and property tests', command: vitest('unit') },
    ...types,
    { name: 'house rules and import law', command: ['build/lint/house.mjs'] },
    { name: 'dead code', command: ['node_modules/knip/bin/knip.js', '-c', 'build/lint/knip.json', '--no-progress', '--no-config-hints', '--exclude', 'types,enumMembers'] },
    { name: 'lint', command: ['node_modules/oxlint/bin/oxlint', '-c', 'build/lint/oxlint.json', '.'] },
  ]
}

/** @param {'unit' | 'integration'} project @returns {readonly string[]} */
export function vitest(project) {
  return ['node_modules/vitest/vitest.mjs', 'run', '-c', 'build/test/vitest.config.ts', '--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=.out/test/${project}.json`]
}

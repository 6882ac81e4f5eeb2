import { expect, it } from 'vitest'
import { mainOrigin, pathUnder } from './app-path.ts'

it('2.4 serves plain paths below its own origin', () => {
  expect(pathUnder('app://fumibako/', mainOrigin)).toBe('index.html')
  expect(pathUnder('app://fumibako/assets/main-Ab_1.js?v=1#x', mainOrigin)).toBe('assets/main-Ab_1.js')
})

it('2.4 serves nothing else', () => {
  const hostile = [
    'app://consent/index.html',
    'app://fumibako.evil/index.html',
    'https://fumibako/index.html',
    'app://fumibako/..%2f..%2fmain.cjs',
    'app://fumibako/%2e%2e/main.cjs/%00',
    'app://fumibako/a//b',
    'app://fumibako/a/./%2e%2e/...',
    'app://fumibako/a\\..\\b',
    'app://fumibako/%E6%96%87.js',
    'app://fumibako/a/',
    'fumibako/index.html',
    '',
  ]
  for (const url of hostile) expect(pathUnder(url, mainOrigin), url).toBeNull()
})

it('2.4 cannot be led above its folder', () => {
  for (const url of ['app://fumibako/../main.cjs', 'app://fumibako/a/../../main.cjs', 'app://fumibako/%2e%2e/main.cjs']) {
    expect(pathUnder(url, mainOrigin), url).toBe('main.cjs')
  }
})

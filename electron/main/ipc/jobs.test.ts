import { expect, it } from 'vitest'
import { createJobs } from './jobs.ts'

it('2.4 quitting waits for what runs and lets nothing new begin', async () => {
  const jobs = createJobs()
  const ended: string[] = []
  let release: () => void = () => undefined
  const written = new Promise<void>((resolve) => (release = resolve))
  const running = jobs.track('journal.commit', () => written.then(() => ended.push('commit')))
  jobs.close()
  expect(jobs.track('journal.commit', async () => ended.push('late'))).toBe(false)
  expect(jobs.running()).toEqual(['journal.commit'])
  const idle = jobs.idle().then(() => ended.push('idle'))
  release()
  await Promise.all([running, idle])
  expect(ended).toEqual(['commit', 'idle'])
  expect(jobs.running()).toEqual([])
})

it('counts work that fails as ended', async () => {
  const jobs = createJobs()
  const failing = jobs.track('a.b', () => Promise.reject(new Error('x')))
  await expect(failing).rejects.toThrow('x')
  await jobs.idle()
  expect(jobs.running()).toEqual([])
})

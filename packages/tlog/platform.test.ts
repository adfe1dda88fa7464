import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.restoreAllMocks()
  vi.resetModules()
})

async function load(browser: boolean): Promise<typeof import('./index.ts')> {
  vi.restoreAllMocks()
  vi.resetModules()
  if (browser) vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined)
  return import('./index.ts')
}

async function signedCheckpoint(browser: boolean): Promise<readonly string[]> {
  const tlog = await load(browser)
  const key = tlog.signerKey('example.org/log', await tlog.ed25519Signer(new Uint8Array(32).fill(1)))
  const signed = await tlog.signCheckpoint(key, 5, tlog.sha256(new Uint8Array(3)))
  await tlog.openCheckpoint(signed, [key])
  const forged = signed.replace('\n5\n', '\n6\n')
  await expect(tlog.openCheckpoint(forged, [key])).rejects.toThrow('does not verify')
  expect(tlog.sha256 === tlog.sha256Portable).toBe(browser)
  return [signed, tlog.formatVerifierKey(key)]
}

test('a browser, without node:crypto, signs and verifies the same as Node', async () => {
  expect(await signedCheckpoint(true)).toEqual(await signedCheckpoint(false))
})

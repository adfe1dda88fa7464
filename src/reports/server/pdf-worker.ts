import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Printed } from '../printed.ts'

export type PdfJob = { id: number; report: Printed }
export type PdfAnswer = { id: number; pdf: Uint8Array } | { id: number; failed: string }

const here = dirname(fileURLToPath(import.meta.url))
const template = readFileSync(join(here, 'report.typ'), 'utf8')
const fonts = ['noto-sans-jp', 'inter'].map((name) =>
  dirname(createRequire(import.meta.url).resolve(`@expo-google-fonts/${name}/package.json`)),
)
const [japanese = '', latin = ''] = fonts
const compiler = NodeCompiler.create({
  // Nothing is read from here: the template and the data are given, and no other file exists for it.
  workspace: here,
  fontArgs: [
    {
      fontBlobs: [
        join(japanese, '400Regular', 'NotoSansJP_400Regular.ttf'),
        join(japanese, '600SemiBold', 'NotoSansJP_600SemiBold.ttf'),
        join(latin, '400Regular', 'Inter_400Regular.ttf'),
        join(latin, '600SemiBold', 'Inter_600SemiBold.ttf'),
      ].map((path) => readFileSync(path)),
    },
  ],
})

const messageOf = (diagnostics: readonly unknown[]): string => JSON.stringify(diagnostics).slice(0, 2000)

function pdfOf(report: Printed): Uint8Array {
  compiler.mapShadow(join(here, 'report.json'), Buffer.from(JSON.stringify(report)))
  const compiled = compiler.compile({ mainFileContent: template })
  if (compiled.result === null)
    throw new Error(messageOf(compiled.takeError()?.shortDiagnostics ?? ['no document']))
  // No time of making: equal reports are equal bytes.
  const pdf = compiler.pdf(compiled.result, { creationTimestamp: 0 })
  compiler.evictCache(10)
  return pdf
}

parentPort?.on('message', ({ id, report }: PdfJob) => {
  try {
    const pdf = pdfOf(report)
    const bytes = new Uint8Array(pdf)
    const answer: PdfAnswer = { id, pdf: bytes }
    parentPort?.postMessage(answer, [bytes.buffer])
  } catch (error) {
    const answer: PdfAnswer = { id, failed: error instanceof Error ? error.message : String(error) }
    parentPort?.postMessage(answer)
  }
})

import type { Language } from '../kernel/language.ts'
import { escaped } from './markup.ts'
import type { Report } from './report.ts'

/** A file of a package, as its index names it. */
export type PackageFile = { name: string; mediaType: string; size: number; sha256: string }

const words = {
  en: {
    title: 'Package for a stage 1 audit',
    asOf: 'As of',
    file: 'File',
    says: 'What it says',
    digest: 'SHA-256',
    verify:
      'To check offline that nothing in here was changed, and that what was approved stands in the log of the organisation:',
  },
  ja: {
    title: '第1段階審査用パッケージ',
    asOf: '基準日',
    file: 'ファイル',
    says: '内容',
    digest: 'SHA-256',
    verify:
      '内容が変更されていないこと、承認されたものが組織のログにあることは、次の方法でオフラインで確認できます。',
  },
} as const

const style =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:3rem auto;padding:0 1rem;color:#1d1b18;background:#faf9f7}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #e5e1db;vertical-align:top}code{font-size:.75rem;overflow-wrap:anywhere}'

/** The first page of a package: what is in it, and how a stranger checks it. Without script, read from a disk. */
export function indexPage(
  reports: readonly { report: Report; files: readonly PackageFile[] }[],
  language: Language,
  asOf: string,
): string {
  const t = words[language]
  const organisation = reports[0]?.report.organisation ?? ''
  const rows = reports.flatMap(({ report, files }) =>
    files.map(
      (file) =>
        `<tr><td><a href="${escaped(file.name)}">${escaped(file.name)}</a></td><td>${escaped(report.title)}<br>${escaped(report.subject)}</td><td><code>${file.sha256}</code></td></tr>`,
    ),
  )
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(t.title)} · ${escaped(organisation)}</title>
<style>${style}</style>
<h1>${escaped(t.title)}</h1>
<p>${escaped(organisation)} · ${escaped(t.asOf)} ${asOf}</p>
<table>
<thead><tr><th>${t.file}</th><th>${t.says}</th><th>${t.digest}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
<p>${escaped(t.verify)}</p>
<pre><code>assay verify stage-one.zip</code></pre>
</html>
`
}

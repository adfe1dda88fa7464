import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Writes the documents and the evidence of the example: small PDF files that say on every line that they are specimens.

const specimens: Readonly<Record<string, readonly string[]>> = {
  'iso27001-certificate-2022.pdf': [
    'Certificate of registration',
    'IS 509132',
    'JIS Q 27001:2014 (ISO/IEC 27001:2013)',
  ],
  'soc2-report-2021.pdf': ['SOC 2 type 2 report', '1 January 2021 to 31 December 2021', 'Restricted use'],
  'soc2-report-2022.pdf': ['SOC 2 type 2 report', '1 January 2022 to 31 December 2022', 'Restricted use'],
  'soc3-report-2021.pdf': ['SOC 3 report', '1 January 2021 to 31 December 2021', 'General use'],
  'soc3-report-2022.pdf': ['SOC 3 report', '1 January 2022 to 31 December 2022', 'General use'],
  'pci-dss-aoc-2022.pdf': [
    'PCI DSS v3.2.1 Attestation of Compliance',
    'Level 1 service provider',
    '22 February 2022',
  ],
  'pci-dss-aoc-2023.pdf': [
    'PCI DSS v3.2.1 Attestation of Compliance',
    'Level 1 service provider',
    '21 February 2023',
  ],
}

const evidence: typeof specimens = {
  'card-data-flow.pdf': [
    'Card data flow of LINE Pay, 12 January 2023',
    'Payment page -> payment gateway -> token vault -> settlement link',
    'Card numbers are stored in the token vault only.',
  ],
}

const marking = [
  'DEMO SPECIMEN - NOT A REAL DOCUMENT',
  'Made for the demonstration of Assay. It was issued by nobody and attests nothing.',
  'Demo-you no mihon desu. Jissai no bunsho dewa arimasen.',
]

const escaped = (text: string) => text.replace(/[\\()]/g, '\\$&')

/** A page of text lines as PDF 1.4 (ISO 32000-1 7.5): five objects, their places, and where the table of places is. */
function pdf(lines: readonly string[]): string {
  const shown = lines.map((line, at) => `${at === 0 ? '' : '0 -28 Td '}(${escaped(line)}) Tj`).join('\n')
  const content = `BT /F1 14 Tf 60 760 Td\n${shown}\nET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (en) >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = text.length
    text += `${at + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const table = text.length
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  return `${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`
}

function write(folder: string, papers: typeof specimens): void {
  const directory = fileURLToPath(new URL(`../demo/${folder}/`, import.meta.url))
  mkdirSync(directory, { recursive: true })
  for (const [name, lines] of Object.entries(papers)) {
    const [first = marking[0], ...rest] = marking
    writeFileSync(join(directory, name), pdf([first ?? '', ...lines, ...rest]), 'latin1')
  }
}

write('documents', specimens)
write('evidence', evidence)

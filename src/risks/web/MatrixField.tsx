import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { methodProblems } from '../method-rules.ts'
import type { MethodDraft } from './MethodForm.tsx'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'

type MatrixFieldProps = {
  draft: MethodDraft
  onChange: (matrix: number[][]) => void
  error: (pointer: string) => string | null
}

/** The level of each cell; one that falls below its neighbour is marked while it is chosen. */
export function MatrixField({ draft, onChange, error }: MatrixFieldProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const wrong = new Set(methodProblems(draft).map((problem) => problem.pointer))
  const { likelihood, consequence, bands, matrix } = draft
  const put = (row: number, column: number, band: number) =>
    onChange(
      matrix.map((line, at) =>
        at === row ? line.map((one, index) => (index === column ? band : one)) : line,
      ),
    )
  return (
    <fieldset className={css.part}>
      <legend>{t.method.matrix}</legend>
      <table className={css.grid}>
        <tbody>
          {likelihood
            .map((level, row) => ({ level, row }))
            .reverse()
            .map(({ level, row }) => (
              <tr key={row}>
                <th scope="row">
                  {row + 1} {format.text(level.name)}
                </th>
                {consequence.map((other, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the scales have an order and nothing else
                  <td key={column} data-wrong={wrong.has(`/matrix/${row}/${column}`) || undefined}>
                    <select
                      aria-label={t.method.form.cell(format.text(level.name), format.text(other.name))}
                      aria-invalid={wrong.has(`/matrix/${row}/${column}`)}
                      value={matrix[row]?.[column] ?? 0}
                      onChange={(event) => put(row, column, Number(event.currentTarget.value))}
                    >
                      {bands.map((band, index) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: the scales have an order and nothing else
                        <option key={index} value={index}>
                          {format.text(band.name)}
                        </option>
                      ))}
                    </select>
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
        <tfoot>
          <tr>
            <td />
            {consequence.map((level, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the scales have an order and nothing else
              <th key={column} scope="col">
                {column + 1} {format.text(level.name)}
              </th>
            ))}
          </tr>
        </tfoot>
      </table>
      <span className="quiet">{error('/matrix') ?? t.method.form.matrixHint}</span>
    </fieldset>
  )
}

import type { ProblemTexts } from '../kernel/error.ts'

export const reportProblems: ProblemTexts = {
  'report.programme_missing': {
    en: 'This report is about one programme. Choose it.',
    ja: 'この報告書は一つのプログラムを対象とします。プログラムを選択してください。',
  },
  'report.press_busy': {
    en: 'Many documents are being made. Try again in {seconds} seconds.',
    ja: '多くの文書を作成中です。{seconds} 秒後にもう一度お試しください。',
  },
  'report.no_table': {
    en: 'This report has no table, so that there is nothing to export. Take the PDF.',
    ja: 'この報告書には表がないため、出力できません。PDF を利用してください。',
  },
}

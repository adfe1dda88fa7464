import type { ProblemTexts } from '../../kernel/error.ts'

export const programmeProblems: ProblemTexts = {
  'programme.yaml': {
    en: 'The file cannot be read as YAML (line {line}, column {column}).',
    ja: 'ファイルを YAML として読み取れません（{line}行{column}列）。',
  },
  'programme.yaml_fault': {
    en: 'Line {line}, column {column}: {reason}.',
    ja: '{line}行{column}列: {reason}',
  },
  'programme.tag': {
    en: 'Line {line}, column {column}: the tag {tag} is not allowed. Write plain texts, numbers and lists.',
    ja: '{line}行{column}列: タグ {tag} は使えません。通常の文字列・数値・リストで記述してください。',
  },
  'programme.too_deep': {
    en: 'Line {line}, column {column}: nested deeper than {limit} levels.',
    ja: '{line}行{column}列: 入れ子が {limit} 段を超えています。',
  },
  'programme.too_many_parts': {
    en: 'Line {line}: the file has more than {limit} parts. Divide it into several files and apply one after the other.',
    ja: '{line}行: ファイルの要素が {limit} を超えています。複数のファイルに分けて順に適用してください。',
  },
  'programme.too_many_aliases': {
    en: 'Line {line}, column {column}: aliases (*name) that go in circles or unfold to more than {limit} parts.',
    ja: '{line}行{column}列: エイリアス（*名前）が循環しているか、{limit} を超えて展開されます。',
  },
  'programme.key_not_text': {
    en: 'Line {line}, column {column}: the name of a field must be plain text.',
    ja: '{line}行{column}列: 項目名は通常の文字列でなければなりません。',
  },
  'programme.key_twice': {
    en: 'Line {line}, column {column}: "{key}" stands twice. Keep one.',
    ja: '{line}行{column}列: 「{key}」が重複しています。どちらか一方だけにしてください。',
  },
  'programme.path': {
    en: 'Name a file beside or below the programme file, with "/" and without "..".',
    ja: 'プログラムファイルと同じ場所かその下にあるファイルを、「/」区切りで「..」を使わずに指定してください。',
  },
  'programme.file_missing': {
    en: 'The file {path} was not sent.',
    ja: 'ファイル {path} が送信されていません。',
  },
  'programme.reference': {
    en: 'There is no {noun} with the key "{key}", neither in the file nor in Assay.',
    ja: 'キー「{key}」の {noun} は、ファイルにも Assay にもありません。',
  },
  'programme.refused': {
    en: 'The programme was not applied: {count} part(s) are refused. Nothing was changed.',
    ja: 'プログラムは適用されていません（{count}件が不適切です）。変更は行われていません。',
  },
}

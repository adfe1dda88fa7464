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
  'programme.file_or_text': {
    en: 'Name a file or write the content here: one of the two.',
    ja: 'ファイル名か内容のどちらか一方だけを指定してください。',
  },
  'programme.text_unnamed': {
    en: 'Give the name under which this text is kept, such as list.csv.',
    ja: 'このテキストのファイル名（例: list.csv）を指定してください。',
  },
  'programme.since_or_phases': {
    en: 'Say since when it operates, or list its phases: one of the two.',
    ja: '運用開始日（since）か段階の一覧（phases）のどちらか一方だけを指定してください。',
  },
  'programme.own_control': {
    en: 'Name the control of the library to adopt, or give code, name and objective.',
    ja: '採用するライブラリの管理策を指定するか、コード・名称・目的を記入してください。',
  },
  'programme.evidence_fixed': {
    en: 'What this item says of itself does not change any more ({fields}). Add a new item that replaces it.',
    ja: '登録済みの証拠の内容（{fields}）は変更できません。これを置き換える新しい証拠を登録してください。',
  },
  'programme.nothing_arranged': {
    en: 'Name who does it instead (assignee), or until when it is put aside (until).',
    ja: '代わりに行う人（assignee）か、後回しの期日（until）を指定してください。',
  },
  'programme.evidence_stands': {
    en: 'The file says that this item was withdrawn or disposed of, and here it stands. Do that in Assay: a file only tells of it.',
    ja: 'ファイルではこの証拠は取り下げ済みまたは廃棄済みですが、ここでは有効です。Assay 上で操作してください。ファイルは経緯を伝えるだけです。',
  },
  'programme.evidence_twice': {
    en: 'Two items have this title, these days and this place. Give one another title.',
    ja: '同じ題名・期間・組織の証拠が2件あります。どちらかの題名を変えてください。',
  },
  'programme.no_period': {
    en: 'The implementation has no period that begins on {day}.',
    ja: 'この実施に {day} から始まる期間はありません。',
  },
  'programme.no_calendar': {
    en: 'Only what follows the calendar is performed regularly. List the occurrences instead.',
    ja: '定期的な実施（performed）は暦に従うものに限ります。occurrences に列挙してください。',
  },
  'programme.control_place': {
    en: 'Control {control} has no implementation there, neither in the file nor in Assay.',
    ja: '管理策 {control} の実施は、その場所にはファイルにも Assay にもありません。',
  },
  'programme.review_future': {
    en: 'The day {day} has not come yet; today is {today}.',
    ja: '{day} はまだ到来していません（本日: {today}）。',
  },
  'programme.attempt_kept': {
    en: 'An attempt that is on record is never taken back.',
    ja: '記録済みの実施は取り消せません。',
  },
}

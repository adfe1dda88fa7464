import type { ProblemTexts } from '../../kernel/error.ts'

export const archiveProblems: ProblemTexts = {
  'archive.running': {
    en: 'An export of this organisation is being made already. Try again in {seconds} seconds.',
    ja: 'この組織のエクスポートを作成中です。{seconds} 秒後にもう一度お試しください。',
  },
  'archive.not_an_archive': {
    en: 'This is not an archive made by Assay: {reason}.',
    ja: 'Assay のアーカイブではありません（{reason}）。',
  },
  'archive.truncated': {
    en: 'The archive is cut off or is no ZIP file ({reason}). Copy it again from where it was made.',
    ja: 'アーカイブが途中で切れているか、ZIP ファイルではありません（{reason}）。作成元からもう一度コピーしてください。',
  },
  'archive.format_unknown': {
    en: 'The archive has the format "{format}", which this version of Assay does not know. Use a newer Assay.',
    ja: 'アーカイブの形式「{format}」にこの版の Assay は対応していません。新しい Assay を使用してください。',
  },
  'archive.manifest_damaged': {
    en: 'manifest.json is damaged: {reason}.',
    ja: 'manifest.json が壊れています（{reason}）。',
  },
  'archive.missing': {
    en: 'The file {name} is missing from the archive.',
    ja: 'アーカイブにファイル {name} がありません。',
  },
  'archive.unexpected': {
    en: 'The archive holds {name}, which its manifest does not name.',
    ja: 'アーカイブに、マニフェストに記載のない {name} が含まれています。',
  },
  'archive.unsafe': {
    en: 'The archive holds {name}, which is not safe to read: {reason}.',
    ja: 'アーカイブの {name} は安全に読み取れません（{reason}）。',
  },
  'archive.damaged': {
    en: 'The file {name} is damaged: it is not the one that the manifest describes.',
    ja: 'ファイル {name} が壊れています。マニフェストの記載と一致しません。',
  },
  'archive.too_large': {
    en: '{name} is larger than the limit of {limit} bytes.',
    ja: '{name} が上限の {limit} バイトを超えています。',
  },
  'archive.line': {
    en: 'Line {line} of {name} cannot be used: {reason}.',
    ja: '{name} の {line} 行目を使用できません（{reason}）。',
  },
  'archive.log_wrong': {
    en: 'The log in the archive contradicts itself: {reason}. Do not rely on it.',
    ja: 'アーカイブのログに矛盾があります（{reason}）。信頼しないでください。',
  },
  'archive.noun_unknown': {
    en: 'The archive holds records of the kind "{noun}", which this version of Assay does not know. Use a newer Assay.',
    ja: 'アーカイブに、この版の Assay が対応していない種類の記録「{noun}」が含まれています。新しい Assay を使用してください。',
  },
  'archive.record_unusable': {
    en: 'The {noun} {id} cannot be rebuilt: {reason}. Nothing was imported.',
    ja: '記録（{noun} {id}）を復元できません（{reason}）。何も取り込まれていません。',
  },
  'archive.not_empty': {
    en: 'This installation has an organisation already. An import needs an empty one: choose another data directory or database.',
    ja: 'このインストールには既に組織があります。インポートには空のインストールが必要です。別のデータディレクトリまたはデータベースを指定してください。',
  },
  'archive.older': {
    en: 'The archive has {size} entries, but the log key here has signed {signed} already: entries made after the archive would be lost, and others would take their numbers. Use a newer archive, or a new data directory.',
    ja: 'アーカイブのエントリは {size} 件ですが、ここのログ鍵は既に {signed} 件に署名しています。アーカイブ作成後のエントリが失われ、同じ番号に別のエントリが入ることになります。より新しいアーカイブを使うか、新しいデータディレクトリを指定してください。',
  },
  'archive.target_exists': {
    en: '{path} exists already. Choose another name.',
    ja: '{path} は既に存在します。別の名前を指定してください。',
  },
}

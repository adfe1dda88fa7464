import type { ProblemTexts } from '../kernel/error.ts'

export const assetProblemTexts: ProblemTexts = {
  'asset.identifier_twice': {
    en: 'This identifier is listed twice. Case and spaces do not count.',
    ja: '同じ識別子が重複しています（大文字・小文字と空白は区別しません）。',
  },
  'asset.identifier_taken': {
    en: '"{identifier}" already names the asset {key}. A tool could not tell them apart.',
    ja: '「{identifier}」は資産 {key} の識別子として登録済みです。ツールが区別できなくなります。',
  },
  'asset.service_elsewhere': {
    en: 'A service named here does not exist.',
    ja: '指定されたサービスは存在しません。',
  },
}

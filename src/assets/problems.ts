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
  'asset.depends_on_itself': {
    en: 'An asset cannot depend on itself. Take it out of the list.',
    ja: '資産は自分自身に依存できません。一覧から外してください。',
  },
  'asset.circle': {
    en: 'These assets would depend on each other in a circle: {path}. Take one of the dependencies out.',
    ja: '資産の依存関係が循環します: {path}。いずれかの依存を外してください。',
  },
  'asset.needed': {
    en: '{count} asset(s) that stay in use depend on it: {assets}. Change those first, or give a reason for ending it all the same.',
    ja: '使用中の資産 {count} 件がこの資産に依存しています: {assets}。先にそれらを変更するか、それでも終了する理由を記入してください。',
  },
  'asset.cited': {
    en: '{count} open risk(s) lie at it: {records}. Change those first, or give a reason for ending it all the same: each of them will show that it has ended.',
    ja: '未終結のリスク {count} 件がこの資産を対象としています: {records}。先にそれらを変更するか、それでも終了する理由を記入してください。終了後は、それぞれのリスクに終了した旨が表示されます。',
  },
  'asset.changed_meanwhile': {
    en: 'Somebody changed {key} in the meantime. Look at it again and repeat the change.',
    ja: '{key} は別の人が変更しました。内容を確認してからもう一度変更してください。',
  },
  'asset.nothing_to_change': {
    en: 'Choose at least one thing to change.',
    ja: '変更する項目を1つ以上選んでください。',
  },
  'asset.level_unreadable': {
    en: '"{found}" is no level of the scale. Write its number or its name.',
    ja: '「{found}」は尺度の段階ではありません。段階の番号または名称を書いてください。',
  },
  'asset.classification_unreadable': {
    en: '"{found}" is no classification of the scale. Write its key or its name.',
    ja: '「{found}」は尺度の分類ではありません。分類のキーまたは名称を書いてください。',
  },
  'asset.day_unreadable': {
    en: '"{found}" is not read as a day. Write 2023-04-01, 2023/4/1, 令和5年4月1日 or R5.4.1; the era must hold on that day.',
    ja: '「{found}」を日付として読み取れません。2023-04-01、2023/4/1、令和5年4月1日、R5.4.1 のように書いてください（元号はその日のものに限ります）。',
  },
  'asset.months_unreadable': {
    en: '"{found}" is not read as a number of months. Write 60, 60 months or 5 years.',
    ja: '「{found}」を月数として読み取れません。60、60か月、5年 のように書いてください。',
  },
  'exchange.asset_unknown': {
    en: 'No asset has the key "{name}", here or in the file.',
    ja: 'キーが「{name}」の資産は、登録済みにもファイルの中にもありません。',
  },
  'asset.dependency_twice': {
    en: 'This asset is listed twice.',
    ja: '同じ資産が重複しています。',
  },
  'asset.classification_unknown': {
    en: 'The scale has no classification "{key}". Choose one that it has, or add it to the scale first.',
    ja: '分類「{key}」は尺度にありません。尺度にある分類を選ぶか、先に尺度へ追加してください。',
  },
  'asset.level_unknown': {
    en: 'The scale has no level {level}. Choose one that it has, or add it to the scale first.',
    ja: '尺度に段階 {level} はありません。尺度にある段階を選ぶか、先に尺度へ追加してください。',
  },
  'asset-scale.level_order': {
    en: 'Levels rise: this number must be above {below}.',
    ja: '段階は昇順です。{below} より大きい番号にしてください。',
  },
  'asset-scale.needs_fall': {
    en: 'A higher level cannot need fewer controls than the one below it, which needs {below}.',
    ja: '上の段階に必要な管理策の数は、下の段階（{below}）より少なくできません。',
  },
  'asset-scale.classification_twice': {
    en: 'The classification "{key}" is there twice.',
    ja: '分類「{key}」が重複しています。',
  },
  'asset-scale.level_in_use': {
    en: '{assets} asset(s) have the level {level}. Give them another level before you remove it.',
    ja: '段階 {level} の資産が {assets} 件あります。削除する前に別の段階へ変更してください。',
  },
  'asset-scale.classification_in_use': {
    en: '{assets} asset(s) have the classification "{key}". Give them another before you remove it.',
    ja: '分類「{key}」の資産が {assets} 件あります。削除する前に別の分類へ変更してください。',
  },
  'asset.service_elsewhere': {
    en: 'A service named here does not exist.',
    ja: '指定されたサービスは存在しません。',
  },
}

import type { ScaleFacts } from './scale.ts'

/** The scale that an organisation starts with, in words of our own; it is there to be changed. */
export const startingScale: ScaleFacts = {
  levels: [
    {
      number: 1,
      name: { en: 'Low', ja: '低' },
      anchors: {
        confidentiality: {
          en: 'Anyone may know it; it is public or meant to be.',
          ja: '誰に知られてもよい。公開済み、または公開を前提とする。',
        },
        integrity: {
          en: 'A mistake in it is noticed and put right without harm to anybody.',
          ja: '誤りがあってもすぐに気付き、誰にも害を与えずに直せる。',
        },
        availability: {
          en: 'Nobody minds when it is away for a week.',
          ja: '1週間使えなくても支障がない。',
        },
      },
      needs: 2,
    },
    {
      number: 2,
      name: { en: 'Medium', ja: '中' },
      anchors: {
        confidentiality: {
          en: 'For members of the organisation; known outside it would be awkward.',
          ja: '組織内に限る。外部に知られると不都合が生じる。',
        },
        integrity: {
          en: 'A mistake in it costs work or a complaint.',
          ja: '誤りがあると手戻りや苦情につながる。',
        },
        availability: {
          en: 'It may be away for a day; after that, work stops.',
          ja: '1日までなら止まってもよい。それを超えると業務が止まる。',
        },
      },
      needs: 4,
    },
    {
      number: 3,
      name: { en: 'High', ja: '高' },
      anchors: {
        confidentiality: {
          en: 'For named groups only; known to others it would harm customers, partners or staff.',
          ja: '限られた担当者だけに許す。漏れると顧客・取引先・従業員に害が及ぶ。',
        },
        integrity: {
          en: 'A mistake in it leads to wrong decisions, wrong payments or a breach of contract.',
          ja: '誤りがあると誤った判断や支払い、契約違反につながる。',
        },
        availability: {
          en: 'It may be away for a few hours; after that, customers notice.',
          ja: '数時間までなら止まってもよい。それを超えると顧客に影響が出る。',
        },
      },
      needs: 6,
    },
    {
      number: 4,
      name: { en: 'Very high', ja: '最高' },
      anchors: {
        confidentiality: {
          en: 'For a few persons; known to others it would endanger people or the organisation as a whole.',
          ja: 'ごく少数の者だけに許す。漏れると人の安全や組織の存続に関わる。',
        },
        integrity: {
          en: 'A mistake in it cannot be undone, or breaks the law.',
          ja: '誤りがあると取り返しがつかない、または法令に反する。',
        },
        availability: {
          en: 'It must not be away: minutes already do serious harm.',
          ja: '止めてはならない。数分の停止でも重大な害が生じる。',
        },
      },
      needs: 9,
    },
  ],
  classifications: [
    {
      key: 'public',
      name: { en: 'Public', ja: '公開' },
      handling: {
        en: 'May be given to anybody. What is published is released by its owner.',
        ja: '誰にでも提供できる。公開は責任者が承認する。',
      },
    },
    {
      key: 'internal',
      name: { en: 'Internal', ja: '社内限り' },
      handling: {
        en: 'For members of the organisation. Given to others only under an agreement of confidentiality.',
        ja: '組織の構成員に限る。外部へは秘密保持契約のもとでのみ渡す。',
      },
    },
    {
      key: 'confidential',
      name: { en: 'Confidential', ja: '秘' },
      handling: {
        en: 'For those whose work needs it. Encrypted when it leaves the premises, and disposed of so that nothing remains.',
        ja: '業務上必要な者に限る。外部へ送るときは暗号化し、復元できない方法で廃棄する。',
      },
    },
    {
      key: 'secret',
      name: { en: 'Secret', ja: '極秘' },
      handling: {
        en: 'For persons named by the owner. Encrypted wherever it is kept; every access is recorded.',
        ja: '責任者が指名した者に限る。保管時も暗号化し、アクセスをすべて記録する。',
      },
    },
  ],
}

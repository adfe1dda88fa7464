import type { RiskMethod } from './method.ts'

export type MethodContent = Omit<
  RiskMethod,
  | 'id'
  | 'version'
  | 'number'
  | 'effectiveFrom'
  | 'unreviewed'
  | 'authorIds'
  | 'draftedOn'
  | 'approval'
  | 'withdrawn'
>

const likelihood: MethodContent['likelihood'] = [
  {
    name: { en: 'Rare', ja: 'ごくまれ' },
    anchor: {
      en: 'Less than once in twenty years; nothing like it is known here or at comparable organisations.',
      ja: '20年に1回未満。自組織にも同種の組織にも類似の事例が知られていない。',
    },
  },
  {
    name: { en: 'Unlikely', ja: 'まれ' },
    anchor: {
      en: 'Once in five to twenty years; it has happened at comparable organisations.',
      ja: '5〜20年に1回程度。同種の組織で起きたことがある。',
    },
  },
  {
    name: { en: 'Possible', ja: '起こりうる' },
    anchor: {
      en: 'Once in one to five years; it has happened here, or nearly.',
      ja: '1〜5年に1回程度。自組織で起きたことがある、または起きかけたことがある。',
    },
  },
  {
    name: { en: 'Likely', ja: '起こりやすい' },
    anchor: {
      en: 'One to ten times a year; somebody here remembers the last time.',
      ja: '年に1〜10回程度。直近の事例を覚えている人がいる。',
    },
  },
  {
    name: { en: 'Frequent', ja: '頻繁' },
    anchor: {
      en: 'More than ten times a year, or attempted all the time.',
      ja: '年に10回を超える、または絶えず試みられている。',
    },
  },
]

const consequence: MethodContent['consequence'] = [
  {
    name: { en: 'Slight', ja: '軽微' },
    anchor: {
      en: 'Noticed by those who work on it; put right in the day’s work.',
      ja: '担当者が気づく程度で、通常業務の中で対処できる。',
    },
  },
  {
    name: { en: 'Limited', ja: '限定的' },
    anchor: {
      en: 'One team or a few customers are affected for less than a day; no duty to report.',
      ja: '1つのチームまたは少数の顧客に1日未満の影響。報告義務は生じない。',
    },
  },
  {
    name: { en: 'Considerable', ja: '相当' },
    anchor: {
      en: 'A service or many customers are affected for a day, or somebody outside must be told.',
      ja: 'サービス全体または多数の顧客に1日程度の影響、または社外への連絡が必要になる。',
    },
  },
  {
    name: { en: 'Grave', ja: '重大' },
    anchor: {
      en: 'Several services stand still for days, or data of many people are exposed and authorities must be told.',
      ja: '複数のサービスが数日停止する、または多数の個人データが漏えいし当局への報告が必要になる。',
    },
  },
  {
    name: { en: 'Existential', ja: '存続に関わる' },
    anchor: {
      en: 'The organisation may lose a licence, a certificate or a line of business, or people come to harm.',
      ja: '許認可・認証・事業そのものを失うおそれがある、または人の安全が損なわれる。',
    },
  },
]

const areas: MethodContent['areas'] = [
  {
    name: { en: 'Operation', ja: '事業運営' },
    anchors: [
      { en: 'A delay of hours inside one team', ja: '1チーム内での数時間の遅れ' },
      { en: 'One team stands still for less than a day', ja: '1チームの業務が1日未満停止' },
      { en: 'A service is down for a day', ja: '1つのサービスが1日停止' },
      { en: 'Several services are down for days', ja: '複数のサービスが数日停止' },
      { en: 'The business cannot be taken up again within weeks', ja: '数週間以内に事業を再開できない' },
    ],
  },
  {
    name: { en: 'People whose data are held', ja: '個人データの本人' },
    anchors: [
      { en: 'Nobody is affected', ja: '影響を受ける人はいない' },
      { en: 'A few people are inconvenienced', ja: '少数の人に不便が生じる' },
      { en: 'Many people must change a password or a card', ja: '多数の人にパスワードやカードの変更が必要' },
      {
        en: 'Messages or payments of many people become known',
        ja: '多数の人の通信内容や決済情報が知られる',
      },
      { en: 'People come to harm that cannot be undone', ja: '取り返しのつかない被害が本人に及ぶ' },
    ],
  },
  {
    name: { en: 'Money', ja: '財務' },
    anchors: [
      { en: 'Within the budget of a team', ja: 'チームの予算内で吸収できる' },
      { en: 'Noticed in the result of a month', ja: '月次の業績に表れる' },
      { en: 'Noticed in the result of a quarter', ja: '四半期の業績に表れる' },
      { en: 'Must be published', ja: '開示が必要になる' },
      { en: 'Threatens solvency', ja: '支払能力が脅かされる' },
    ],
  },
  {
    name: { en: 'Law and contracts', ja: '法令・契約' },
    anchors: [
      { en: 'No duty is broken', ja: '義務違反はない' },
      { en: 'A contract is broken and put right by agreement', ja: '契約違反があるが、協議で解決できる' },
      { en: 'A customer may claim damages', ja: '顧客から損害賠償を請求されうる' },
      { en: 'An authority opens proceedings', ja: '当局の調査・処分の手続きが始まる' },
      { en: 'A licence or certificate is withdrawn', ja: '許認可や認証が取り消される' },
    ],
  },
]

const bands: MethodContent['bands'] = [
  {
    key: 'low',
    name: { en: 'Low', ja: '低' },
    tone: 'low',
    acceptable: true,
    demand: {
      en: 'May be retained. Its owner looks at it again at the next review.',
      ja: 'そのまま保有してよい。リスク所有者が次回の見直しで確認する。',
    },
  },
  {
    key: 'moderate',
    name: { en: 'Moderate', ja: '中' },
    tone: 'moderate',
    acceptable: true,
    demand: {
      en: 'May be retained by its owner where treatment costs more than it saves; otherwise treat within a year.',
      ja: '対応の費用が効果を上回る場合は所有者の判断で保有してよい。それ以外は1年以内に対応する。',
    },
  },
  {
    key: 'high',
    name: { en: 'High', ja: '高' },
    tone: 'high',
    acceptable: false,
    demand: {
      en: 'Treat within three months. Retaining it needs a reason that its owner signs.',
      ja: '3か月以内に対応する。保有する場合は所有者が理由を記して承認する。',
    },
  },
  {
    key: 'severe',
    name: { en: 'Severe', ja: '極めて高' },
    tone: 'severe',
    acceptable: false,
    demand: {
      en: 'Act at once and tell top management. Stop what causes it until it is treated.',
      ja: '直ちに対応し、トップマネジメントに報告する。対応が済むまで原因となる活動を止める。',
    },
  },
]

/** A method to begin with, in words of Assay's own. An organisation makes it its own before it is approved. */
export const startingMethod: MethodContent = {
  name: { en: 'Risk assessment and treatment', ja: 'リスクアセスメントとリスク対応の方法' },
  description: {
    en: 'A risk is a scenario: what could happen, from what, through which weakness, and what it would do to confidentiality, integrity or availability. Each has one owner. It is judged three times: without any control, as things are, and as they will be after the treatment that was agreed. Take the gravest of the areas as the consequence. Risks are judged at least once a year, and whenever something about them changes considerably. Their owners approve the treatment and accept what remains.',
    ja: 'リスクは、何が・何を原因として・どの弱点を通じて起こり、機密性・完全性・可用性にどう影響するかというシナリオで表す。各リスクには所有者を1人定める。「管理策がない場合」「現状」「合意した対応の後」の3つの値を評価する。影響の大きさは、各領域のうち最も重いものを採る。少なくとも年1回、および大きな変化があったときに評価し直す。所有者が対応を承認し、残るリスクを受容する。',
  },
  likelihood,
  consequence,
  areas,
  bands,
  matrix: [
    [0, 0, 0, 1, 1],
    [0, 0, 1, 1, 2],
    [0, 1, 1, 2, 2],
    [1, 1, 2, 2, 3],
    [1, 2, 2, 3, 3],
  ],
  aggregation: 'highest',
  reviewMonths: 12,
}

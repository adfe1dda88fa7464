import type { AssetKind } from '../assets/asset.ts'
import type { Property } from '../assets/property.ts'
import type { Language, LocalText } from '../kernel/language.ts'

/** What could happen to something of a kind, with its name put in: a first sentence to think on, in our own words. */
type Sentence = (asset: string) => string
type Suggestion = { name: Record<Language, Sentence>; scenario: Record<Language, Sentence> }

const confidentiality: Readonly<Record<AssetKind, Suggestion>> = {
  information: {
    name: { en: (it) => `${it} reaches the wrong people`, ja: (it) => `${it}の誤送信・誤公開` },
    scenario: {
      en: (it) =>
        `Somebody shares ${it} more widely than they mean to, because links are open to everyone by default. People outside read it before anybody notices.`,
      ja: (it) =>
        `共有リンクの初期設定が「全員に公開」になっているため、担当者が意図せず${it}を広く共有し、気づく前に社外の人に読まれる。`,
    },
  },
  system: {
    name: { en: (it) => `A stolen account opens ${it}`, ja: (it) => `盗まれたアカウントによる${it}への侵入` },
    scenario: {
      en: (it) =>
        `A password of an administrator is caught by a forged page. There is no second factor, so a stranger signs in to ${it} and copies what it holds.`,
      ja: (it) =>
        `管理者のパスワードが偽のページで盗まれ、二要素認証がないため第三者が${it}にサインインし、中の情報を持ち出す。`,
    },
  },
  service: {
    name: {
      en: (it) => `A fault in ${it} shows one customer the data of another`,
      ja: (it) => `${it}の不具合による他の利用者の情報の表示`,
    },
    scenario: {
      en: (it) =>
        `A change to ${it} goes out without a test of who may see what. Some users see the data of others until the change is taken back.`,
      ja: (it) =>
        `閲覧権限の試験をしないまま${it}の変更が公開され、変更を戻すまで一部の利用者に他の利用者の情報が表示される。`,
    },
  },
  site: {
    name: { en: (it) => `A stranger walks into ${it}`, ja: (it) => `${it}への部外者の立入り` },
    scenario: {
      en: (it) =>
        `Somebody follows an employee through the door of ${it}, because nobody asks for a badge. Papers and screens are read, or a device is taken.`,
      ja: (it) =>
        `入館証の確認が徹底されておらず、部外者が従業員に続いて${it}に入り、書類や画面を見たり機器を持ち去ったりする。`,
    },
  },
  supplier: {
    name: { en: (it) => `${it} loses data that we gave it`, ja: (it) => `委託先${it}からの情報漏えい` },
    scenario: {
      en: (it) =>
        `${it} is broken into and data that we gave it are published. We learn of it late, because no contract says when we must be told.`,
      ja: (it) =>
        `${it}が侵入を受け、預けた情報が公開される。通知の期限を契約で定めていないため、こちらが知るのは遅れてからになる。`,
    },
  },
  people: {
    name: {
      en: (it) => `Somebody among ${it} takes data along when leaving`,
      ja: (it) => `${it}の退職時の情報持出し`,
    },
    scenario: {
      en: (it) =>
        `Somebody among ${it} changes employer and takes customer data along. Access ends days after the last day, and nobody looks at what was copied.`,
      ja: (it) =>
        `${it}の一人が転職の際に顧客情報を持ち出す。退職から数日間アクセス権が残り、複製の記録も確認されていない。`,
    },
  },
}

const integrity: Readonly<Record<AssetKind, Suggestion>> = {
  information: {
    name: { en: (it) => `${it} is changed and nobody notices`, ja: (it) => `${it}の気づかれない改変` },
    scenario: {
      en: (it) =>
        `Somebody overwrites part of ${it} by mistake. There is no history and no second look, so decisions are taken on what is wrong.`,
      ja: (it) =>
        `担当者が誤って${it}の一部を上書きする。履歴も第三者の確認もないため、誤った内容のまま判断が行われる。`,
    },
  },
  system: {
    name: { en: (it) => `A wrong setting in ${it} stays unseen`, ja: (it) => `${it}の設定誤りの見落とし` },
    scenario: {
      en: (it) =>
        `A setting of ${it} is changed in haste and by hand. Nobody else reads the change, and it weakens a protection for months.`,
      ja: (it) =>
        `急ぎの作業で${it}の設定が手作業で変更され、他の人が確認しないまま、保護が弱まった状態が数か月続く。`,
    },
  },
  service: {
    name: {
      en: (it) => `${it} processes something twice or not at all`,
      ja: (it) => `${it}の二重処理・処理漏れ`,
    },
    scenario: {
      en: (it) =>
        `After an interruption ${it} takes up its work at the wrong place. Some requests of customers are carried out twice and others are lost, and sums no longer agree.`,
      ja: (it) =>
        `中断の後、${it}が誤った位置から処理を再開し、一部の依頼が二重に処理され、一部が失われて、集計が合わなくなる。`,
    },
  },
  site: {
    name: { en: (it) => `Equipment in ${it} is tampered with`, ja: (it) => `${it}の機器への不正な細工` },
    scenario: {
      en: (it) =>
        `Somebody with a maintenance visit plugs a device into the network at ${it}. Free sockets are live, and traffic is altered on its way.`,
      ja: (it) =>
        `保守のために来訪した人が${it}のネットワークに機器を接続する。空きポートが有効なままで、通信が途中で書き換えられる。`,
    },
  },
  supplier: {
    name: {
      en: (it) => `An update from ${it} carries foreign code`,
      ja: (it) => `${it}の更新に混入した不正なコード`,
    },
    scenario: {
      en: (it) =>
        `Somebody breaks into the build of ${it}, and an update that we install by itself carries foreign code into our systems.`,
      ja: (it) =>
        `${it}の開発環境が侵入を受け、自動で適用している更新とともに不正なコードが自社のシステムに入り込む。`,
    },
  },
  people: {
    name: {
      en: (it) => `One person among ${it} can do and hide everything`,
      ja: (it) => `${it}の一人への権限の集中`,
    },
    scenario: {
      en: (it) =>
        `One person among ${it} asks for, approves and carries out the same change. A mistake or a fraud is found by nobody else.`,
      ja: (it) =>
        `${it}の一人が同じ変更の申請・承認・実施をすべて行えるため、誤りや不正があっても他の誰も気づかない。`,
    },
  },
}

const availability: Readonly<Record<AssetKind, Suggestion>> = {
  information: {
    name: { en: (it) => `${it} is lost and cannot be brought back`, ja: (it) => `${it}の消失と復旧の失敗` },
    scenario: {
      en: (it) =>
        `Malicious software encrypts ${it} together with its copies, because the copies are always connected. Nobody has ever tried to restore it.`,
      ja: (it) =>
        `バックアップが常時接続されているため、不正なソフトウェアが${it}とその複製をまとめて暗号化する。復旧を試したことは一度もない。`,
    },
  },
  system: {
    name: { en: (it) => `${it} stands still after a failure`, ja: (it) => `${it}の障害による停止` },
    scenario: {
      en: (it) =>
        `A part of ${it} that exists only once fails at night. A spare has to be ordered, and what depends on it stands still until the next day.`,
      ja: (it) =>
        `冗長化されていない${it}の部品が夜間に故障する。予備の手配が必要で、依存する業務が翌日まで停止する。`,
    },
  },
  service: {
    name: { en: (it) => `${it} is flooded with requests`, ja: (it) => `${it}への大量アクセスによる停止` },
    scenario: {
      en: (it) =>
        `${it} receives a hundred times its usual requests in an attack. There is no filter in front of it, and customers are without it for hours.`,
      ja: (it) =>
        `攻撃により通常の100倍の要求が${it}に届く。手前に遮断の仕組みがなく、利用者は数時間使えなくなる。`,
    },
  },
  site: {
    name: { en: (it) => `${it} cannot be entered for a week`, ja: (it) => `${it}の1週間の使用不能` },
    scenario: {
      en: (it) =>
        `An earthquake or a flood closes ${it} for a week. Work that needs what stands there stops, because nobody has planned where else to do it.`,
      ja: (it) =>
        `地震または水害で${it}が1週間使えなくなる。代わりの場所を決めていないため、そこにある設備が必要な業務が止まる。`,
    },
  },
  supplier: {
    name: {
      en: (it) => `${it} ends its service at short notice`,
      ja: (it) => `${it}による突然のサービス終了`,
    },
    scenario: {
      en: (it) =>
        `${it} fails or ends what we use of it within weeks. There is no second supplier and no plan how to get our data back.`,
      ja: (it) =>
        `${it}の経営破綻や事業撤退により、数週間でサービスが終わる。代替先も、データを取り戻す手順もない。`,
    },
  },
  people: {
    name: {
      en: (it) => `What only one of ${it} knows is missing`,
      ja: (it) => `${it}の一人しか知らない業務の停止`,
    },
    scenario: {
      en: (it) =>
        `The one person among ${it} who knows how something is done falls ill. It is written down nowhere, and the others find out too late.`,
      ja: (it) =>
        `${it}のうち手順を知る唯一の担当者が病気で休む。手順書がなく、ほかの人が対応できないまま期限を過ぎる。`,
    },
  },
}

const suggestions = { confidentiality, integrity, availability }

export type Suggested = { name: LocalText; scenario: LocalText }

/** A scenario to begin with about one asset and one way to hurt it. Somebody makes it their own, or it is not kept. */
export function suggested(kind: AssetKind, property: Property, asset: LocalText): Suggested {
  const { name, scenario } = suggestions[property][kind]
  const [en, ja] = [asset.en ?? asset.ja ?? '', asset.ja ?? asset.en ?? '']
  return {
    name: { en: name.en(en), ja: name.ja(ja) },
    // In a sentence a name needs marks around it: names of assets are no common nouns.
    scenario: { en: scenario.en(`“${en}”`), ja: scenario.ja(`「${ja}」`) },
  }
}

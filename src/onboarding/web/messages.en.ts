import type { StepKey, StepState } from '../step.ts'

const plural = (count: string, one: string, many: string) => `${count} ${count === '1' ? one : many}`

const titles: Record<StepKey, string> = {
  entities: 'Companies and sites',
  scope: 'Services and scope',
  people: 'People',
  frameworks: 'Frameworks',
  method: 'How risks are judged',
  assets: 'Assets',
  risks: 'First risks',
}

const leads: Record<StepKey, string> = {
  entities:
    'Certificates are held by legal entities. Name your company first, then its subsidiaries and sites; divisions can follow later.',
  scope:
    'What you offer, and which part of it the first certification is to be about. A narrow scope that is true is worth more than a wide one that is not.',
  people:
    'Who writes, who approves and who does the work. At least two: nobody approves what they wrote themselves.',
  frameworks:
    'Choose what you want to be certified against. One control can serve many requirements, so take the common controls over once for all of them.',
  method:
    'One written method, so that two people judge the same risk alike. Assay brings one to begin with; it counts only when your organisation has made it its own.',
  assets:
    'What has to be protected. Paste the list that you already have; you see what each row would do before anything changes.',
  risks:
    'Three questions to begin with. Each answer gets a scenario as a first draft; nothing is kept before you have put it in your own words.',
}

const states: Record<StepState, string> = {
  open: 'To do',
  begun: 'Begun',
  done: 'Done',
  skipped: 'Skipped',
}

export const en = {
  title: 'First steps',
  lead: 'Seven steps from nothing to a first list of risks. Leave at any time and come back: progress is read from what is there.',
  steps: 'Steps',
  titles,
  leads,
  states,
  stepOf: (at: string, all: string) => `Step ${at} of ${all}`,
  settled: (done: string, all: string) => `${done} of ${all} done`,
  back: 'Back',
  next: 'Next step',
  toHome: 'To Home',
  skip: 'Skip for now',
  unskip: 'Take it up again',
  skippedText: 'Skipped for now. Anything that you add here still counts.',
  notYours: 'Nothing to set up here',
  notYoursText:
    'The first steps are for those who manage the whole organisation. What concerns you is under My tasks.',
  past: 'Nothing can be added while you look at the past. Go back to today to continue.',
  complete:
    'That was the beginning. From here on, say where each control is carried out, attach evidence, and assess the risks.',
  completeLink: 'To the controls',
  away: 'Home does not show the first steps any more.',
  awayUndo: 'Show them on Home again',
  add: (count: string) => (count === '0' ? 'Add' : `Add ${count}`),
  adding: (done: string, all: string) => `${done} of ${all}`,
  added: (count: string) => `${plural(count, 'line', 'lines')} added. Each is an entry of the log.`,
  notAdded: (count: string) =>
    `${plural(count, 'line was', 'lines were')} not added and ${count === '1' ? 'is' : 'are'} still in the field:`,
  preview: 'What was read',
  line: 'Line',
  name: 'Name',
  kind: 'Kind',
  country: 'Country',
  fate: 'What happens',
  fates: {
    new: 'Will be added',
    there: 'There already',
    twice: 'Twice in the list',
    columns: 'Too many names',
    long: 'Name too long',
    address: 'No e-mail address',
  },
  fateHelp: {
    columns: 'A line has one name, or one in each language, with tabs between columns.',
    long: 'A name has at most 200 characters.',
    address: 'Each line needs one complete address.',
  },
  more: (count: string) => `and ${count} more`,
  there: (count: string) => `Already there (${count}):`,
  entities: {
    list: 'One company or site in each line',
    hint: 'Paste from a spreadsheet, with these columns in any order: name in English, name in Japanese, kind (company, division, site), country as two letters.',
    firstHint: 'The first line is your own company; the others are put below it.',
    example: 'Example Corporation\t株式会社エグザンプル\tJP\nExample Payments Ltd.\tSG',
    under: 'Below',
    kinds: { company: 'Company', division: 'Division', site: 'Site' },
    all: 'Companies and sites in full',
  },
  scope: {
    services: 'What you offer',
    list: 'One product or system in each line',
    hint: 'Paste from a spreadsheet: name in English, name in Japanese, kind (product or system).',
    example: 'Messenger\tメッセンジャー\nBilling\tsystem',
    by: 'Offered by',
    kinds: { product: 'Product', system: 'System' },
    first: 'What the first certification is about',
    firstText:
      'Kept as what you intend, and proposed to the programmes that you begin in the step after next. The scope statement of your ISMS is written and approved later, under Context & scope.',
    entities: 'Companies and sites',
    offered: 'Services',
    save: 'Keep this scope',
    saved: 'The scope is kept.',
    needsEntity: 'Add your company first: each service belongs to one.',
  },
  people: {
    list: 'One person in each line',
    hint: 'Addresses as your mail program copies them, or name and address from a spreadsheet.',
    example: 'Hana Sato <hana.sato@example.org>\nken.morita@example.org',
    email: 'E-mail',
    guessed: 'from the address',
    role: 'Role of all of them',
    over: 'Over',
    invite: (count: string) => (count === '0' ? 'Invite' : `Invite ${count}`),
    links: 'Invitation links',
    linksText:
      'Send each person their link yourself. The links are shown only now, work once and end after seven days; a new one can be made under People at any time.',
    link: 'Link',
    linkList: 'Links by person',
    invited: (count: string) => `${count} invited. Their links are below.`,
    copy: 'Copy',
    copyAll: 'Copy all',
    copied: 'Copied',
    withoutRole: (reason: string) => `Invited, but without a role: ${reason}`,
    count: (count: string) =>
      count === '1' ? 'You are the only one here so far.' : `${count} people are here so far.`,
    all: 'People in full',
  },
  frameworks: {
    editions: 'Editions in force',
    families: {
      iso27001: 'A certified management system for information security (ISMS)',
      'pci-dss': 'Payment card data: an attestation or a self-assessment',
      tsc: 'Reports to customers: SOC 2 and SOC 3',
    } as Readonly<Record<string, string>>,
    begun: 'Begun',
    categories: (name: string) => `Categories of ${name}`,
    categoriesHint: 'Empty means all of them.',
    scope: 'About',
    from: 'From',
    to: 'To',
    audit: 'Audit expected on',
    begin: (count: string) => (Number(count) < 2 ? 'Begin the programme' : `Begin ${count} programmes`),
    done: (count: string) => `${plural(count, 'programme', 'programmes')} begun.`,
    older: 'Older editions, and programmes in full',
    controls: 'Common controls for them',
    controlsText: (count: string) =>
      `${plural(count, 'common control reaches', 'common controls reach')} what the begun programmes ask for and ${count === '1' ? 'is' : 'are'} not here yet. They come with their words, marked as unreviewed until one of you has read them.`,
    none: 'Begin a programme, and the common controls that it needs are counted here.',
    all: 'All common controls that the programmes need are here.',
    adopt: (count: string) => `Adopt ${count}`,
    needsEntity: 'Add your company first: a programme is about an entity or a service.',
  },
  method: {
    start: 'Begin with the method of Assay',
    startText:
      'Five levels of likelihood, five of consequence, four bands, a review every twelve months. It is drafted as version 1 and marked as unreviewed.',
    draft: (number: string) => `Version ${number} is a draft.`,
    unreviewed: 'Its words came with Assay and nobody here has read them yet.',
    inForce: (number: string) => `Version ${number} is in force.`,
    inForceText: 'Risks are judged by it from now on. A change is a new version.',
    read: 'Read and change it',
    eyes: 'Four eyes',
    eyesText:
      'Who drafts or changes the method cannot approve it: another owner or manager of the whole organisation does, after reading it. API keys and programs approve nothing.',
    wrote: (names: string) => `Written by ${names}.`,
    alone:
      'Nobody else can approve it yet: invite an owner or a manager, or wait until one has accepted the invitation.',
    waits: (count: string) =>
      count === '1'
        ? 'One other person can approve it. Ask them to.'
        : `${count} other people can approve it. Ask one of them to.`,
    toPeople: 'To the people',
    approve: 'Approve it',
    approveText: 'Approving it, you say that you have read it. It is in force from its day on.',
  },
  assets: {
    list: 'Cells from a spreadsheet, or one name in each line',
    hint: 'Your own headings are understood in English and Japanese. Without headings the columns are: name, kind, owner.',
    example: 'Name\tKind\nMail gateway\tsystem\nCustomer register\tinformation',
    kind: 'Kind, where no column says it',
    entity: 'Entity, where no column says it',
    headings: 'There are more than three columns and no headings. Copy the line with the headings too.',
    look: 'Look at it first',
    import: (count: string) => `Import ${plural(count, 'row', 'rows')}`,
    faulty: 'Nothing is imported before every row is right. Correct the list above and look again.',
    nothing: 'All of this is there already.',
    file: 'Take a CSV or Excel file instead',
    all: 'Assets in full',
    count: (count: string) => `${plural(count, 'asset is', 'assets are')} in the register.`,
    needsEntity: 'Add your company first: each asset belongs to an entity.',
  },
  risks: {
    questions: {
      confidentiality: 'What would hurt most if strangers could read it?',
      integrity: 'What would hurt most if it were wrong and nobody noticed?',
      availability: 'What would hurt most if it were gone for a week?',
    },
    answer: 'Asset',
    choose: 'Choose an asset…',
    noAsset: 'Nothing is found by that name.',
    draft: 'A first draft',
    draftText: 'Suggested from the kind of the asset. Say how it could really happen at yours.',
    name: 'Name',
    scenario: 'What could happen',
    scenarioHint: 'What happens, from what, through which weakness, to which effect.',
    owner: 'Owner',
    nobody: 'Nobody yet',
    keep: 'Keep this risk',
    change: 'Put the scenario in your own words first: a suggestion is not a risk of yours.',
    discard: 'Discard',
    kept: (code: string) => `${code} is kept.`,
    count: (count: string) => `${plural(count, 'risk is', 'risks are')} in the register.`,
    all: 'Risks in full',
    needsAssets: 'Add a few assets first: each question is answered with one of them.',
    toAssets: 'To the assets',
  },
  home: {
    title: 'Set up your programme',
    text: 'Seven short steps from your company to a first list of risks.',
    go: (step: string) => `Go on: ${step}`,
    begin: 'Begin',
    away: 'Put away',
  },
}

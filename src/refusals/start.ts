import type { Text } from '../rules/language.ts';

/** Starting: read by whoever runs the program. */
export const start = {
  slack_refused: (p: { variable: string; reason: string }) => ({
    sv: `Slack godtar inte ${p.variable} (${p.reason}). Kopiera den på nytt från appens sida på api.slack.com/apps.`,
    en: `Slack does not accept ${p.variable} (${p.reason}). Copy it again from the app's page at api.slack.com/apps.`,
  }),
  slack_token_kind: (p: { variable: string; begins: string }) => ({
    sv: `${p.variable} är en annan sorts nyckel än den som behövs: den ska börja med ${p.begins}. Kopiera rätt nyckel från appens sida på api.slack.com/apps.`,
    en: `${p.variable} is another kind of token than the one needed: it should begin with ${p.begins}. Copy the right one from the app's page at api.slack.com/apps.`,
  }),
  slack_scope: (p: { variable: string; scope: string }) => ({
    sv: `${p.variable} saknar behörigheten ${p.scope} i Slack. Lägg till den på appens sida på api.slack.com/apps och installera appen igen.`,
    en: `${p.variable} lacks the scope ${p.scope} in Slack. Add it on the app's page at api.slack.com/apps and install the app again.`,
  }),
  teams_secret_refused: (p: { reason: string }) => ({
    sv: `Microsoft godtar inte TEAMS_APP_PASSWORD (${p.reason}). Skapa en ny klienthemlighet för appen på portal.azure.com och ange dess värde, inte dess id.`,
    en: `Microsoft does not accept TEAMS_APP_PASSWORD (${p.reason}). Make a new client secret for the app on portal.azure.com and set its value, not its id.`,
  }),
  teams_app_unknown: (p: { reason: string }) => ({
    sv: `Microsoft hittar inte appen i TEAMS_APP_ID i den klientorganisation som står i TEAMS_TENANT_ID (${p.reason}). Kontrollera båda på portal.azure.com.`,
    en: `Microsoft does not find the app in TEAMS_APP_ID in the tenant in TEAMS_TENANT_ID (${p.reason}). Check both on portal.azure.com.`,
  }),
  data_dir_unusable: (p: { dir: string; reason: string }) => ({
    sv: `DATA_DIR (${p.dir}) går inte att använda (${p.reason}). Ange en mapp som programmet får skriva i.`,
    en: `DATA_DIR (${p.dir}) cannot be used (${p.reason}). Set it to a folder that the program may write in.`,
  }),
  database_unreachable: (p: { reason: string }) => ({
    sv: `Databasen i DATABASE_URL går inte att nå (${p.reason}). Kontrollera adressen, användaren och lösenordet, och att servern är igång.`,
    en: `The database in DATABASE_URL cannot be reached (${p.reason}). Check the address, the user and the password, and that the server runs.`,
  }),
  port_taken: (p: { port: number }) => ({
    sv: `PORT ${p.port} används redan av ett annat program. Stoppa det, eller ange en annan PORT.`,
    en: `PORT ${p.port} is already used by another program. Stop that, or set another PORT.`,
  }),
  address_unusable: (p: { host: string; port: number; reason: string }) => ({
    sv: `Det går inte att lyssna på HOST ${p.host}, PORT ${p.port} (${p.reason}). Ange en HOST som är den här datorns, till exempel 127.0.0.1, och en PORT som får användas.`,
    en: `The program cannot listen on HOST ${p.host}, PORT ${p.port} (${p.reason}). Set HOST to an address of this machine, such as 127.0.0.1, and PORT to one that may be used.`,
  }),
  data_dir_in_use: (p: { dir: string }) => ({
    sv: `En annan vc-bot använder redan DATA_DIR (${p.dir}). Stoppa den först, eller ge den här en egen DATA_DIR.`,
    en: `Another vc-bot already uses DATA_DIR (${p.dir}). Stop it first, or give this one a DATA_DIR of its own.`,
  }),
  database_newer: (p: { migration: string }) => ({
    sv: `Databasen har använts av en nyare vc-bot (${p.migration}). Starta den versionen, eller återställ en äldre säkerhetskopia.`,
    en: `A newer vc-bot has used this database (${p.migration}). Start that version, or restore an older backup.`,
  }),
  store_not_demo: () => ({
    sv: 'Databasen innehåller riktiga personer, och i lekplatsen får vem som helst vara administratör. Koppla en chatt, eller ange en annan DATA_DIR eller DATABASE_URL.',
    en: 'The database holds real people, and in the playground anybody may be an administrator. Set the variables of a chat surface, or another DATA_DIR or DATABASE_URL.',
  }),
  store_is_demo: () => ({
    sv: 'Databasen innehåller lekplatsens påhittade personer, som inga riktiga mejl får gå till. Ange en annan DATA_DIR eller DATABASE_URL.',
    en: "The database holds the playground's invented people, who must get no real mail. Set another DATA_DIR or DATABASE_URL.",
  }),
} satisfies Record<string, (params: never) => Text>;

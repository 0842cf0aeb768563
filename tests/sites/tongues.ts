/** How a made-up authority writes: its words, its numbers, its dates. */
export interface Tongue {
  readonly language: string;
  readonly currency: string;
  readonly works: readonly string[];
  readonly places: readonly string[];
  readonly buyers: readonly string[];
  readonly lot: string;
  reference(number: number): string;
  date(iso: string): string;
  money(amount: number): string;
  readonly labels: {
    readonly reference: string;
    readonly title: string;
    readonly buyer: string;
    readonly posted: string;
    readonly closes: string;
    readonly value: string;
  };
  readonly list: string;
  readonly authority: string;
  readonly menu: readonly string[];
  readonly next: string;
  readonly previous: string;
  readonly more: string;
  total(count: number): string;
}

const parts = (iso: string): { year: string; month: string; day: string; at: number } => {
  const [year = "", month = "", day = ""] = iso.split("-");
  return { year, month, day, at: Number(month) - 1 };
};
const monthsOf = (language: string, style: "long" | "short"): string[] =>
  Array.from({ length: 12 }, (_, at) =>
    new Intl.DateTimeFormat(language, { month: style, timeZone: "UTC" }).format(new Date(Date.UTC(2026, at, 5))),
  );
const grouped = (amount: number, mark: string): string => String(amount).replace(/\B(?=(\d{3})+$)/g, mark);

export const BRITISH: Tongue = {
  language: "en",
  currency: "GBP",
  works: ["Resurfacing of", "Window cleaning at", "Guarding of", "New boilers for", "Grass cutting at"],
  places: ["Weir Road", "Moor End school", "the Guildhall", "Staithe depot", "the covered market", "Ferry Lane baths"],
  buyers: ["Highways and Bridges", "Estates and Halls", "Schools and Nurseries", "Leisure"],
  lot: "lot",
  reference: (number) => `WRB-${number}-26`,
  date: (iso) => `${Number(parts(iso).day)} ${monthsOf("en-GB", "long")[parts(iso).at]} ${parts(iso).year}`,
  money: (amount) => `£${grouped(amount, ",")}`,
  labels: {
    reference: "Reference",
    title: "Contract title",
    buyer: "Department",
    posted: "Published",
    closes: "Closing date",
    value: "Estimated value",
  },
  list: "Current tenders",
  authority: "Weirbridge Council",
  menu: ["Your council", "Bins and recycling", "Planning", "Business"],
  next: "Next",
  previous: "Previous",
  more: "Show more tenders",
  total: (count) => `${count} tenders found`,
};

export const AMERICAN: Tongue = {
  language: "en",
  currency: "USD",
  works: ["Repaving of", "Janitorial services,", "Roof replacement,", "Fire alarm inspection,", "Tree removal at"],
  places: ["Cottonwood Avenue", "Eastside Library", "Fleet Yard 2", "Pine Hollow Park", "County Annex"],
  buyers: ["Public Works", "Parks & Recreation", "General Services", "Sheriff's Office"],
  lot: "phase",
  reference: (number) => `RFP 26-${number}`,
  date: (iso) => `${parts(iso).month}/${parts(iso).day}/${parts(iso).year}`,
  money: (amount) => `$${grouped(amount, ",")}.00`,
  labels: {
    reference: "Bid Number",
    title: "Bid Title",
    buyer: "Department",
    posted: "Posted",
    closes: "Due Date",
    value: "Estimated Value",
  },
  list: "Bid Opportunities",
  authority: "Cottonwood County",
  menu: ["Departments", "Pay a bill", "Agendas", "Vendors"],
  next: "Next >",
  previous: "< Prev",
  more: "Load More",
  total: (count) => `Total records: ${count}`,
};

export const GERMAN: Tongue = {
  language: "de",
  currency: "EUR",
  works: [
    "Erneuerung der Fahrbahn",
    "Unterhaltsreinigung",
    "Dachsanierung",
    "Lieferung von Möbeln für",
    "Winterdienst",
  ],
  places: ["Mühlgasse", "Grundschule Am Anger", "Rathaus Nord", "Bauhof Süd", "Stadtbad"],
  buyers: ["Tiefbauamt", "Amt für Schule und Bildung", "Gebäudewirtschaft", "Grünflächenamt"],
  lot: "Los",
  reference: (number) => `2026-${number}-VOB`,
  date: (iso) => `${parts(iso).day}.${parts(iso).month}.${parts(iso).year}`,
  money: (amount) => `${grouped(amount, ".")},00 €`,
  labels: {
    reference: "Vergabenummer",
    title: "Bezeichnung",
    buyer: "Vergabestelle",
    posted: "Veröffentlicht",
    closes: "Angebotsfrist",
    value: "Auftragswert",
  },
  list: "Aktuelle Ausschreibungen",
  authority: "Stadt Angerfurt",
  menu: ["Rathaus", "Leben in Angerfurt", "Wirtschaft", "Kultur"],
  next: "Weiter",
  previous: "Zurück",
  more: "Mehr anzeigen",
  total: (count) => `${count} Treffer`,
};

export const FRENCH: Tongue = {
  language: "fr",
  currency: "EUR",
  works: ["Réfection de", "Nettoyage de", "Fourniture de repas pour", "Éclairage de", "Entretien des abords de"],
  places: ["la rue du Moulin", "l'école des Tilleuls", "la halle aux grains", "la médiathèque", "la piscine du Lac"],
  buyers: ["Service des routes", "Direction des écoles", "Patrimoine bâti", "Espaces verts"],
  lot: "lot",
  reference: (number) => `26S${number}MAPA`,
  date: (iso) =>
    `${Number(parts(iso).day) === 1 ? "1er" : Number(parts(iso).day)} ${monthsOf("fr", "long")[parts(iso).at]} ${parts(iso).year}`,
  money: (amount) => `${grouped(amount, " ")},00 €`,
  labels: {
    reference: "Référence",
    title: "Objet du marché",
    buyer: "Service acheteur",
    posted: "Date de publication",
    closes: "Date limite de remise",
    value: "Valeur estimée",
  },
  list: "Marchés publics en cours",
  authority: "Ville de Saint-Aubrac",
  menu: ["La mairie", "Vivre à Saint-Aubrac", "Urbanisme", "Entreprises"],
  next: "Suivant",
  previous: "Précédent",
  more: "Afficher plus",
  total: (count) => `${count} résultats`,
};

export const SPANISH: Tongue = {
  language: "es",
  currency: "EUR",
  works: ["Obras de mejora en", "Servicio de limpieza de", "Suministro de mobiliario para", "Reparación de"],
  places: [
    "la calle del Molino",
    "el colegio Las Eras",
    "la casa de cultura",
    "el parque del Soto",
    "la piscina vieja",
  ],
  buyers: ["Área de Obras", "Área de Educación", "Junta de Gobierno", "Área de Jardines"],
  lot: "lote",
  reference: (number) => `EXP/${number}/2026`,
  date: (iso) => `${parts(iso).day}/${parts(iso).month}/${parts(iso).year}`,
  money: (amount) => `${grouped(amount, ".")} €`,
  labels: {
    reference: "Expediente",
    title: "Objeto del contrato",
    buyer: "Órgano de contratación",
    posted: "Fecha de publicación",
    closes: "Fecha límite",
    value: "Presupuesto",
  },
  list: "Licitaciones abiertas",
  authority: "Ayuntamiento de Valdeazul",
  menu: ["El municipio", "Trámites", "Transparencia", "Empresas"],
  next: "Siguiente",
  previous: "Anterior",
  more: "Ver más",
  total: (count) => `${count} resultados encontrados`,
};

export const DUTCH: Tongue = {
  language: "nl",
  currency: "EUR",
  works: ["Onderhoud van", "Schoonmaak van", "Levering van meubels voor", "Verlichting van", "Beveiliging van"],
  places: ["de Molenweg", "basisschool De Wilg", "het stadskantoor", "het zwembad", "de werf aan de Kade"],
  buyers: ["Wegen en Bruggen", "Onderwijs", "Vastgoed", "Groenbeheer"],
  lot: "perceel",
  reference: (number) => `WK-26.${number}`,
  date: (iso) => `${Number(parts(iso).day)} ${monthsOf("nl", "long")[parts(iso).at]} ${parts(iso).year}`,
  money: (amount) => `€ ${grouped(amount, ".")},-`,
  labels: {
    reference: "Kenmerk",
    title: "Omschrijving",
    buyer: "Afdeling",
    posted: "Gepubliceerd",
    closes: "Sluitingsdatum",
    value: "Geraamde waarde",
  },
  list: "Lopende aanbestedingen",
  authority: "Gemeente Wilgenkade",
  menu: ["Bestuur", "Wonen", "Afval", "Ondernemen"],
  next: "Volgende",
  previous: "Vorige",
  more: "Toon meer",
  total: (count) => `${count} resultaten`,
};

export const ITALIAN: Tongue = {
  language: "it",
  currency: "EUR",
  works: ["Manutenzione di", "Pulizia di", "Fornitura di arredi per", "Illuminazione di"],
  places: ["via del Mulino", "scuola primaria Olmi", "palazzo comunale", "parco del Fosso", "biblioteca civica"],
  buyers: ["Settore Lavori Pubblici", "Settore Istruzione", "Ufficio Patrimonio", "Verde Urbano"],
  lot: "lotto",
  reference: (number) => `GARA-${number}/26`,
  date: (iso) => `${Number(parts(iso).day)} ${monthsOf("it", "long")[parts(iso).at]} ${parts(iso).year}`,
  money: (amount) => `€ ${grouped(amount, ".")},00`,
  labels: {
    reference: "Numero gara",
    title: "Oggetto",
    buyer: "Stazione appaltante",
    posted: "Data di pubblicazione",
    closes: "Scadenza",
    value: "Importo stimato",
  },
  list: "Bandi di gara aperti",
  authority: "Comune di Olmofosso",
  menu: ["Amministrazione", "Servizi", "Novità", "Imprese"],
  next: "Successiva",
  previous: "Precedente",
  more: "Carica altri",
  total: (count) => `${count} risultati`,
};

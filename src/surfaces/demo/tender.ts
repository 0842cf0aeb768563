/** One tender as the demo site shows it. Dates are ISO; the pages print them as people write them. */
export interface Tender {
  reference: string;
  title: string;
  department: string;
  kind: "RFP" | "RFQ" | "ITB";
  status: "Open" | "Closed";
  published: string;
  closes: string;
  /** In euros. */
  value: number;
  contact: { name: string; email: string; phone: string };
  summary: string;
  documents: { file: string; label: string }[];
}

const SUBJECTS: readonly [title: string, department: string, summary: string][] = [
  [
    "Dredging of the inner basin",
    "Harbour Office",
    "Removal of about 18,000 cubic metres of silt before the spring fairway survey.",
  ],
  [
    "School meals for three primary schools",
    "Education",
    "Warm meals on 190 days a year, two thirds of them from growers in the region.",
  ],
  [
    "Street lighting renewal, north quay",
    "Public Works",
    "Replacement of 212 lanterns by dimmable lamps, with maintenance for six years.",
  ],
  [
    "Library catalogue software",
    "Culture",
    "A hosted catalogue for four branches, with import of the records we have.",
  ],
  ["Winter road service", "Public Works", "Gritting and clearing of 64 kilometres of road from November to March."],
  [
    "Fire engine with crew cabin",
    "Fire Brigade",
    "One vehicle for nine people, with a pump of at least 2,000 litres a minute.",
  ],
  [
    "Translation services",
    "Town Clerk",
    "Written translation from and into five languages, certified where the law asks for it.",
  ],
  [
    "Rooftop solar plant, swimming hall",
    "Energy",
    "Design, supply and mounting of panels with a peak output of 180 kilowatts.",
  ],
  ["Playground equipment", "Parks", "Climbing frames, swings and soft flooring for six playgrounds."],
  ["Audit of the annual accounts", "Treasury", "Statutory audit for three financial years by an independent firm."],
  [
    "Bicycle parking at the ferry pier",
    "Transport",
    "A covered two-storey rack for 240 bicycles with lighting and locks.",
  ],
  [
    "Water meter readings by radio",
    "Waterworks",
    "Supply of 3,400 meters and of the software that reads them from the street.",
  ],
  [
    "Cleaning of council buildings",
    "Facilities",
    "Daily cleaning of eleven buildings, with agents that carry an eco-label.",
  ],
  ["Ambulance stretchers", "Health", "Twelve powered stretchers with fittings, training and a spare-part stock."],
];

const PEOPLE = ["Ada Lindqvist", "Bram de Wit", "Clara Osei", "Dilan Aksoy", "Edith Moreau"] as const;
const KINDS = ["RFP", "RFQ", "ITB"] as const;
const DAY_MS = 86_400_000;
const FIRST_PUBLISHED = Date.UTC(2026, 0, 12);

export const TENDER_COUNT = 27;

/** The tenders of Port Merrow, newest first: always the same. */
export function portMerrowTenders(): Tender[] {
  return Array.from({ length: TENDER_COUNT }, (_, at) => tender(TENDER_COUNT - at)).toSorted((a, b) =>
    b.published.localeCompare(a.published),
  );
}

function tender(number: number): Tender {
  const [subject, department, summary] = SUBJECTS[number % SUBJECTS.length] ?? SUBJECTS[0] ?? ["", "", ""];
  const lot = number > SUBJECTS.length ? ", second lot" : "";
  const reference = `PM-2026-${String(100 + number * 7)}`;
  const person = PEOPLE[number % PEOPLE.length] ?? PEOPLE[0];
  const published = FIRST_PUBLISHED + number * 3 * DAY_MS;
  return {
    reference,
    title: `${subject}${lot}`,
    department,
    kind: KINDS[number % KINDS.length] ?? "RFP",
    status: number % 5 === 0 ? "Closed" : "Open",
    published: isoDay(published),
    closes: isoDay(published + (21 + (number % 4) * 7) * DAY_MS),
    value: 12_500 + number * number * 750,
    contact: {
      name: person,
      email: `${person.toLowerCase().replaceAll(" ", ".")}@portmerrow.example`,
      phone: `+44 1632 960${String(100 + number)}`,
    },
    summary,
    documents: [
      { file: `${reference}-terms.pdf`, label: "Terms of tender" },
      { file: `${reference}-specification.txt`, label: "Specification" },
    ],
  };
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

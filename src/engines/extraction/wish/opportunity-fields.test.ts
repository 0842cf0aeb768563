import { expect, test } from "vitest";
import type { FieldType } from "../values/field-type.ts";
import { opportunityFields } from "./opportunity-fields.ts";

const columns = (types: Readonly<Record<string, FieldType>>) =>
  Object.entries(types).map(([name, type]) => ({ name, type }));

function mapped(types: Readonly<Record<string, FieldType>>): Record<string, string | null> {
  return Object.fromEntries(opportunityFields(columns(types)).map(({ field, column }) => [field, column]));
}

test("an English table of tenders fills an opportunity", () => {
  expect(
    mapped({
      "Bid number": "reference",
      "Tender title": "text",
      Organization: "text",
      Department: "text",
      "Date posted": "date",
      "Closing date": "datetime",
      Status: "status",
      "Estimated value": "money",
      "Contact person": "text",
      "E-mail": "email",
      Telephone: "phone",
      Attachments: "document",
    }),
  ).toEqual({
    referenceNumber: "Bid number",
    title: "Tender title",
    agency: "Organization",
    department: "Department",
    postedDate: "Date posted",
    closingDate: "Closing date",
    status: "Status",
    estimatedValue: "Estimated value",
    contactName: "Contact person",
    contactEmail: "E-mail",
    contactPhone: "Telephone",
    documents: "Attachments",
  });
});

test.each([
  [
    "German",
    {
      Vergabenummer: "reference",
      Bezeichnung: "text",
      Vergabestelle: "text",
      Veröffentlicht: "date",
      Angebotsfrist: "datetime",
      Auftragswert: "money",
      Ansprechpartner: "text",
      Vergabeunterlagen: "document",
    },
  ],
  [
    "French",
    {
      Référence: "reference",
      Objet: "text",
      "Pouvoir adjudicateur": "text",
      "Date de publication": "date",
      "Date limite de remise": "datetime",
      "Valeur estimée": "money",
      Interlocuteur: "text",
      "Pièces jointes": "document",
    },
  ],
  [
    "Spanish",
    {
      "Número de expediente": "reference",
      Objeto: "text",
      "Órgano de contratación": "text",
      "Fecha de publicación": "date",
      "Fecha límite": "datetime",
      Presupuesto: "money",
      "Persona de contacto": "text",
      Pliegos: "document",
    },
  ],
] as const)("so does a table in %s", (_, types) => {
  const names = Object.keys(types);
  const fields = [
    "referenceNumber",
    "title",
    "agency",
    "postedDate",
    "closingDate",
    "estimatedValue",
    "contactName",
    "documents",
  ];

  expect(mapped(types)).toEqual(Object.fromEntries(fields.map((field, at) => [field, names[at]])));
});

test("of two columns for one field the one that is named like it is taken, and the field is not given up", () => {
  const found = mapped({ title: "text", closing_date: "date", closing_date_date: "date", reference: "reference" });

  expect(found).toMatchObject({ closingDate: "closing_date", referenceNumber: "reference" });
});

test("without a named title the longest text is one, and says that it is a guess", () => {
  const [title] = opportunityFields([
    { name: "c1", type: "text", samples: ["A-1", "A-2"] },
    { name: "c2", type: "text", samples: ["Repair of the north pier", "Cleaning of council buildings"] },
  ]);

  expect(title).toMatchObject({ field: "title", column: "c2", confidence: 0.4 });
  expect(title?.note).toContain("check it");
});

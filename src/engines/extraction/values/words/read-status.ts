import type { Recognised } from "../recognised.ts";

/** States that lists name, in the words of several languages. Order matters: "awarded" before "closed". */
const STATUSES: readonly (readonly [string, string])[] = [
  [
    "cancelled",
    "cancelled canceled withdrawn annulled abandoned aufgehoben annulliert zurückgezogen annulé annulée cancelado cancelada anulado anulada desierto annullato annullata ritirato geannuleerd ingetrokken inställd avbruten",
  ],
  [
    "awarded",
    "awarded award contracted vergeben zuschlag attribué attribuée adjudicado adjudicada aggiudicato aggiudicata gegund tilldelad adjudicação",
  ],
  [
    "closed",
    "closed expired ended archived complete completed finished decided abgeschlossen geschlossen beendet abgelaufen clos close clôturé fermé terminé expiré cerrado cerrada finalizado vencido chiuso chiusa scaduto scaduta gesloten afgesloten verlopen encerrado fechado avslutad stängd afsluttet",
  ],
  [
    "open",
    "open active current live accepting advertised running offen laufend aktiv aktuell ouvert ouverte abierto abierta vigente aperto aperta attivo openstaand actueel lopend aberto aberta öppen pågående åben",
  ],
  [
    "upcoming",
    "upcoming planned scheduled forecast future forthcoming pre-solicitation geplant bevorstehend prévu programmé previsto próximo programado programmato gepland planerad",
  ],
  [
    "pending",
    "pending review submitted received evaluation draft bearbeitung prüfung eingereicht pendiente pendente évaluation evaluación valutazione behandeling",
  ],
  [
    "approved",
    "approved granted accepted permitted genehmigt bewilligt approuvé accordé aprobado concedido approvato verleend goedgekeurd beviljad aprovado",
  ],
  [
    "refused",
    "refused rejected denied dismissed abgelehnt refusé rejeté rechazado denegado respinto geweigerd afgewezen avslagen recusado",
  ],
];

const STATUS_OF: ReadonlyMap<string, string> = new Map(
  STATUSES.flatMap(([status, words]) => words.split(" ").map((word): [string, string] => [word, status])),
);

/** What a status means in one of eight words: cancelled, awarded, closed, open, upcoming, pending, approved, refused. */
export function statusOf(text: string): string | null {
  const words = statusWords(text);
  return words?.map((word) => STATUS_OF.get(word)).find((status) => status !== undefined) ?? null;
}

/** A status: one to four words, one of which says so. The value stays as printed; `statusOf` says what it means. */
export function readStatus(text: string, label: string | undefined): Recognised | null {
  const value = text.trim();
  if (statusOf(value) === null) return null;
  const isLabelled = /\b(?:status|state|stage|estado|statut|stato|stand)\b/iu.test(label ?? "");
  const confidence = isLabelled ? 0.95 : /\s/.test(value) ? 0.55 : 0.8;
  const start = text.indexOf(value);
  return { type: "status", value, raw: value, range: [start, start + value.length], from: "text", confidence };
}

function statusWords(text: string): string[] | null {
  if (text.length > 40) return null;
  const words = text
    .toLowerCase()
    .split(/[\s()/,:]+/)
    .filter(Boolean);
  return words.length > 0 && words.length <= 4 ? words : null;
}

import type { DialogWords } from "./in-page/dialogs.ts";

const anyOf = (...phrases: string[]): string => phrases.join("|");

/** What dialogs and their buttons say in the main languages of Europe. Regular expression sources, matched without case. */
export const DIALOG_WORDS: DialogWords = {
  subject: anyOf(
    "cookie|consent|gdpr|privacy (policy|settings|choices)|newsletter|subscribe|mailing list|notifications|your privacy",
    "datenschutz|einwilligung|zustimmung|privatsphäre|benachrichtigung",
    "confidentialité|consentement|infolettre|lettre d.information|traceurs",
    "privacidad|consentimiento|boletín|privacidade|consentimento|riservatezza|consenso|informativa",
    "toestemming|nieuwsbrief|samtycke|samtykke|informasjonskapsler|evästeet|prywatności|ciasteczka|zgod[aęy]|soukromí|süti|adatvédelm|confidențialitate",
  ),
  reject: anyOf(
    "^(reject|decline|refuse|deny|disagree|opt[ -]?out)( all| cookies| non-essential| optional)*( cookies)?$",
    "^i (do not|don.t) (agree|accept|consent)$|^no,? thank(s| you)$|^not now$|^maybe later$|^do not sell",
    "^(only|use only|accept only|allow only|continue with)? ?(strictly )?(necessary|essential|required)( cookies)?( only)?$|^continue without (accepting|agreeing)",
    "^(alle )?(cookies )?ablehnen|^alles ablehnen|^nur (notwendige|erforderliche|essenzielle|technisch)|^nein,? danke|^nicht jetzt",
    "^(tout |tous )?refuser|^continuer sans accepter|^non,? merci|^plus tard",
    "^rechazar|^denegar|^no,? gracias|^solo (las )?(necesarias|esenciales)|^rejeitar|^recusar|^apenas necess|^não,? obrigad",
    "^rifiuta|^nega$|^continua senza accettare|^solo (i )?(necessari|essenziali)|^no,? grazie",
    "^(alles )?(weigeren|afwijzen)|^alleen (noodzakelijke|functionele)|^nee,? bedankt",
    "^avvisa|^neka|^endast nödvändiga|^avvis|^afvis|^kun nødvendige|^hylkää|^vain välttämättömät",
    "^odrzuć|^tylko niezbędne|^odmítnout|^jen nezbytné|^elutasít|^respinge|^отказать|^отклонить|^απόρριψη",
  ),
  close: anyOf(
    "^(×|✕|✖|✗|x|close|dismiss|close (this )?(dialog|window|banner|popup|message)|skip|got it|hide)$",
    "^(schließen|verstanden|fermer|cerrar|fechar|chiudi|sluiten|stäng|lukk|luk|sulje|zamknij|zavřít|bezárás|închide|закрыть|κλείσιμο)$",
  ),
  accept: anyOf(
    "^(ok|okay|i (agree|accept|understand)|agree|accept|allow|continue|agree (and|&) (continue|close|proceed))( all)?( cookies)?( (and|&) (continue|close))?$|^yes,? i (agree|accept)$",
    "^(alle )?(cookies )?(akzeptieren|annehmen|zulassen|zustimmen|erlauben)|^alles? akzeptieren|^ich stimme zu|^einverstanden",
    "^(tout |tous )?accepter|^j.accepte|^d.accord|^aceptar|^acepto|^aceitar|^aceito|^concordo|^accetta|^accetto|^acconsento",
    "^(alles |alle )?(cookies )?(accepteren|toestaan)|^akkoord|^acceptera|^godkänn|^godta|^aksepter|^accepter alle|^tillad|^hyväksy",
    "^akceptuj|^zgadzam|^zaakceptuj|^přijmout|^souhlasím|^elfogad|^accept(ă|ati|ați)|^принять|^согласен|^αποδοχή",
  ),
  leaveAlone: anyOf(
    "captcha|not a robot|verify (that )?you are (a )?human|checking your browser",
    "two-factor|verification code|session (has )?expired",
  ),
};

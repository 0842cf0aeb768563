/**
 * Names and abbreviations of the months in the larger European languages, one line a month: nominative and genitive, lower
 * case, without full stops. From Unicode CLDR. Names that mean different months in two languages stand for the larger one.
 */
const NAMES = [
  "january jan januar janvier janv enero ene gennaio gen januari janeiro tammikuu tammi tammikuuta styczeń sty stycznia leden led ledna január januára ianuarie ian ιανουαρίου ιαν ocak oca jaanuar jaan janvāris sausis sausio януари січень січ січня январь янв января gener jänner",
  "february feb februar février févr febrero febbraio februari fevereiro fev helmikuu helmi helmikuuta luty lut lutego únor úno února február februára febr februarie φεβρουαρίου φεβ şubat şub veebruar veebr februāris vasaris vasario февруари лютий лют лютого февраль февр февраля febrer feber fevrier",
  "march mar märz mär mars marzo maart mrt março marts maaliskuu maalis maaliskuuta marzec marca březen bře března marec március márc martie μαρτίου μαρ mart märts kovas kovo март березень бер березня марта мар març mrz",
  "april apr avril avr abril abr aprile huhtikuu huhti huhtikuuta kwiecień kwi kwietnia duben dub dubna apríl apríla április ápr aprilie απριλίου απρ nisan nis aprill aprīlis balandis balandžio април квітень квіт квітня апрель апр апреля",
  "may mai mayo maggio mag mei maio maj toukokuu touko toukokuuta maja květen kvě května máj mája május μαΐου μαΐ mayıs maijs gegužė gegužės май травень трав травня мая maig",
  "june jun juni juin junio giugno giu junho kesäkuu kesä kesäkuuta czerwiec cze czerwca červen čvn června jún júna június iunie iun junij ιουνίου ιουν haziran haz juuni jūnijs jūn birželis birželio юни червень черв червня июнь июня июн juny",
  "july jul juli juillet juil julio luglio lug julho heinäkuu heinä heinäkuuta lipiec lip lipca červenec čvc července júl júla július iulie iul julij ιουλίου ιουλ temmuz tem juuli jūlijs jūl liepa liepos юли липень лип липня июль июля июл juliol",
  "august aug août agosto ago augustus augusti elokuu elo elokuuta sierpień sie sierpnia srpen srp srpna augusta augusztus avgust avg αυγούστου αυγ ağustos ağu augusts rugpjūtis rugpjūčio август серпень серп серпня авг августа agost aout",
  "september sep sept septembre septiembre settembre set setembro syyskuu syys syyskuuta wrzesień wrz września září zář septembra szeptember szept septembrie σεπτεμβρίου σεπ eylül eyl septembris rugsėjis rugsėjo септември вересень вер вересня сентябрь сент сентября setembre setiembre",
  "october oct oktober okt octobre octubre ottobre ott outubro out lokakuu loka lokakuuta październik paź października říjen říj října október októbra octombrie οκτωβρίου οκτ ekim eki oktoober oktobris spalis spalio октомври жовтень жовт жовтня октябрь окт октября",
  "november nov novembre noviembre novembro marraskuu marras marraskuuta listopad lis listopada listopadu novembra noiembrie νοεμβρίου νοε kasım kas novembris lapkritis lapkričio ноември листопад лист листопада ноябрь нояб ноября",
  "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember des joulukuu joulu joulukuuta grudzień gru grudnia prosinec pro prosince decembra decembrie δεκεμβρίου δεκ aralık ara detsember dets decembris gruodis gruodžio декември грудень груд грудня декабрь дек декабря desembre decembre",
];

const MONTH_OF: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, index) => names.split(" ").map((name): [string, number] => [name, index + 1])),
);

/**
 * Class of characters: letters of the scripts in which months are named here. Expressions that look for names of months are
 * made of it since one of `\p{L}{3,14}` takes V8 20 ms and more to compile, in each thread, and is slower then.
 */
export const MONTH_LETTER = "[A-Za-zªºÀ-ÖØ-öø-ɏͰ-ϿЀ-ԯ]";

/** 1 to 12 for the name of a month, with or without its full stop, in any case. */
export function monthOf(name: string): number | undefined {
  return MONTH_OF.get(name.toLowerCase().normalize("NFC").replace(/\.$/, ""));
}

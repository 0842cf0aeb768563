/**
 * How forms and fields speak of what they are for, in the main European and some other languages. Written as parts of
 * regular expressions over lower-case text in which separators (`_`, `-`, case) have become spaces.
 */
export const FORM_WORDS = {
  login:
    "log ?in|log ?on|sign ?in|signin|logon|authenticate|anmelden|anmeldung|einloggen|connexion|se connecter|connectez|identifier|identification|iniciar sesi[oó]n|inicia sesi[oó]n|" +
    "ingresar|acceder|acceso|entrar|accedi|accesso|inloggen|aanmelden|zaloguj|logowanie|p[rř]ihl[aá]sit|prihl[aá]si[tť]|войти|вход|авторизация|увійти|logga in|logg inn|log ind|" +
    "kirjaudu|bejelentkez\\p{L}*|autentificare|giri[sş]|oturum a[cç]|prijav\\p{L}*|σύνδεση|تسجيل الدخول|דخول|התחבר\\p{L}*|ログイン|登录|登入|로그인|đăng nhập|เข้าสู่ระบบ|masuk",
  register:
    "register|registration|sign ?up|signup|create (?:an |my |new |your )*account|join(?: now| us| free)?|new user|new account|registrieren|registrierung|konto erstellen|inscription|s inscrire|" +
    "inscrivez|cr[eé]er (?:un |mon )?compte|reg[ií]strate|registrarse|registro|registrar|crear (?:una )?cuenta|cadastr\\p{L}*|criar conta|registrati|iscriviti|crea (?:un )?account|" +
    "registreren|zarejestruj|rejestracja|registrace|registr[aá]cia|регистрация|зарегистрир\\p{L}*|реєстрація|registrera|opprett|opret|rekister\\p{L}*|regisztr\\p{L}*|inregistrare|" +
    "kay[ıi]t ol|[uü]ye ol|εγγραφή|تسجيل|新規登録|会員登録|注册|註冊|회원가입|đăng ký|daftar",
  search:
    "search|find|query|keywords?|look ?up|suche|suchen|suchbegriff|finden|recherche|rechercher|chercher|buscar|busca|b[uú]squeda|pesquis\\p{L}*|procurar|cerca|ricerca|cercare|zoek\\p{L}*|" +
    "szukaj|wyszuk\\p{L}*|hledat|hled[aá]n[ií]|vyhled\\p{L}*|h[lľ]ada\\p{L}*|поиск|искать|найти|пошук|знайти|s[oö]k|s[øo]g|s[øo]k|haku|hae|etsi|keres\\p{L}*|c[aă]uta\\p{L}*|ara|arama|" +
    "pretra\\p{L}*|iskanje|αναζήτηση|بحث|חיפוש|חפש|検索|搜索|搜尋|查询|查詢|검색|tìm kiếm|ค้นหา|cari",
  recovery:
    "forgot(?:ten)?|reset|recover\\p{L}*|lost ?password|lost|retrieve|remind\\p{L}*|resend|vergessen|zur[uü]cksetzen|oubli[eé]?|r[eé]initialis\\p{L}*|r[eé]cup[eé]r\\p{L}*|olvid\\p{L}*|restablecer|" +
    "recuperar|esqueci\\p{L}*|redefinir|dimenticat\\p{L}*|reimposta|recupera|vergeten|zapomni\\p{L}*|odzyska\\p{L}*|zapomen\\p{L}*|obnov\\p{L}*|забыли|восстанов\\p{L}*|відновл\\p{L}*|gl[oö]mt|glemt|" +
    "unohtu\\p{L}*|elfelejtett|uitat\\p{L}*|unuttu\\p{L}*|ξέχασ\\p{L}*|パスワードを忘れ|忘记密码|忘記密碼|비밀번호 찾기",
  contact:
    "contact|message|comments?|feedback|enquir\\p{L}*|inquir\\p{L}*|subject|reply|leave a (?:comment|reply)|post (?:a )?comment|send (?:us|message|email)|question|kontakt|nachricht|kommentar|betreff|" +
    "commentaire|laisser un commentaire|sujet|contacto|mensaje|comentario|asunto|contato|mensagem|coment[aá]rio|contatti|messaggio|commento|oggetto|bericht|reactie|onderwerp|wiadomo[sś][cć]|" +
    "komentarz|zpr[aá]va|koment[aá][rř]|сообщение|комментари\\p{L}*|обратная связь|повідомлення|meddelande|melding|besked|viesti|[uü]zenet|mesaj|yorum|μήνυμα|σχόλι\\p{L}*|コメント|お問い合わせ|留言|评论|评论|댓글|문의",
  newsletter:
    "newsletters?|subscribe|subscription|subscriber|mailing ?list|mailchimp|mc embedded|e ?mail updates|updates|alerts?|notify me|get notified|stay informed|abonn\\p{L}*|s abonner|lettre d information|" +
    "suscr[ií]b\\p{L}*|bolet[ií]n|assin\\p{L}*|iscrizione newsletter|nieuwsbrief|biuletyn|odb[eě]r|подпис\\p{L}*|рассылк\\p{L}*|розсилк\\p{L}*|prenumer\\p{L}*|nyhetsbrev|nyhedsbrev|uutiskirje|h[ií]rlev[eé]l|b[uü]lten|" +
    "メルマガ|订阅|訂閱|구독|feedburner",
  order:
    "cart|basket|buy|checkout|check out|purchase|order|donate|add to|quantity|qty|coupon|promo|price|product id|sku|warenkorb|kaufen|bestell\\p{L}*|menge|panier|acheter|commander|quantit[eé]|carrito|comprar|pedido|" +
    "cantidad|carrinho|carrello|acquista|ordina|winkel(?:wagen|mandje)|bestel\\p{L}*|koszyk\\p{L}*|kup|zam[oó]w\\p{L}*|ko[sš][ií]k\\p{L}*|koupit|корзин\\p{L}*|купить|заказ\\p{L}*|кошик|k[oö]p|kurv|handlekurv|ostoskori|kos[aá]r\\p{L}*|" +
    "sepet\\p{L}*|καλάθι|カート|購入|购物车|購物車|장바구니",
  poll: "poll|vote|voting|survey|quiz|abstimm\\p{L}*|umfrage|sondage|voter|encuesta|votar|sondaggio|vota|enqu[eê]te|ankiet\\p{L}*|g[lł]osuj|anket\\p{L}*|опрос|голосова\\p{L}*|投票",
  sorting:
    "sort|order ?by|view|display|per ?page|limit|filter|show|results per|sortier\\p{L}*|trier|tri|ordenar|ordina per|sorteer|sortuj|сортир\\p{L}*",
  navigation:
    "jump|go ?to|goto|select|navigate|menu|language|lang|currency|country|locale|theme|style|archive|category|quick ?nav|sprache|langue|idioma|lingua|taal|j[eę]zyk",
  username:
    "user ?name|user|username|userid|user id|login|log|nick\\p{L}*|account|benutzer\\p{L}*|nutzername|identifiant|utilisateur|usuario|usu[aá]rio|utente|gebruikers?\\p{L}*|u[zż]ytkownik\\p{L}*|u[zž]ivatel\\p{L}*|логин|пользовател\\p{L}*|имя пользователя|brukernavn|brugernavn|anv[aä]ndar\\p{L}*|k[aä]ytt[aä]j\\p{L}*|felhaszn[aá]l[oó]\\p{L}*|kullan[ıi]c[ıi]\\p{L}*|handle|member ?(?:name|id)|card number|library card",
  password:
    "pass ?word|passwd|passwort|kennwort|mot de passe|contrase[nñ]a|clave|senha|wachtwoord|has[lł]o|heslo|парол\\p{L}*|l[oö]senord|passord|adgangskode|salasana|jelsz[oó]|parol[aă]|[sş]ifre|κωδικός|كلمة المرور|סיסמה|パスワード|密码|密碼|비밀번호|pwd|pass|pin",
  email: "e ?mail|mail|courriel|correo|posta elettronica|почта|メール|邮箱|郵箱|이메일|epost|e ?post|s[aä]hk[oö]posti",
  remember:
    "remember|stay (?:signed|logged)|keep me|persistent|auto ?login|angemeldet bleiben|eingeloggt bleiben|se souvenir|rester connect\\p{L}*|record[aá]r?|recu[eé]rdame|lembrar|ricorda\\p{L}*|onthoud\\p{L}*|zapami[eę]taj|запомнить|husk|kom ih[aå]g|muista|cookie ?user",
  terms:
    "terms|agree|accept|privacy|consent|conditions|tos|disclaimer|policy|gdpr|akzeptier\\p{L}*|zustimm\\p{L}*|agb|datenschutz|einverstanden|accepter|j accepte|conditions|acepto|aceptar|aceito|aceitar|accetto|accetta|akkoord|accepteer|akceptuj\\p{L}*|zgadzam|souhlas\\p{L}*|соглас\\p{L}*|принима\\p{L}*|godk[aä]nn\\p{L}*|godkend|godta|hyv[aä]ksy|elfogad\\p{L}*|accept|kabul|αποδοχή|同意|동의",
  captcha:
    "captcha|recaptcha|security code|verification code|are you human|sicherheitscode|code de s[eé]curit[eé]|c[oó]digo de seguridad|капч\\p{L}*|код с картинки",
  otp: "otp|one ?time|2fa|two ?factor|mfa|token code|authenticator|verification code|sms code|tan",
  personName:
    "first ?name|last ?name|full ?name|your name|surname|fname|lname|given ?name|family ?name|vorname|nachname|name|nom|pr[eé]nom|nombre|apellidos?|nome|cognome|sobrenome|naam|voornaam|achternaam|imi[eę]|nazwisko|jm[eé]no|p[rř][ií]jmen[ií]|имя|фамилия|namn|navn|nimi|n[eé]v|author|お名前|姓名|이름",
  phone:
    "phone|tel|telephone|mobile|cell|fax|telefon\\p{L}*|t[eé]l[eé]phone|tel[eé]fono|telefone|телефон|puhelin|電話|电话|전화",
  address:
    "address|street|city|zip|postal|postcode|state|country|adresse|stra[sß]e|plz|ort|ville|code postal|direcci[oó]n|ciudad|endere[cç]o|cidade|cep|indirizzo|citt[aà]|cap|adres|straat|plaats|ulica|miasto|m[eě]sto|ps[cč]|адрес|город|индекс|住所|地址",
  quantity:
    "qty|quantity|menge|anzahl|quantit[eé]|cantidad|quantidade|quantit[aà]|aantal|ilo[sś][cć]|mno[zž]stv[ií]|количество|antal|m[aä][aä]r[aä]",
  website: "url|website|web ?site|homepage|blog",
  birth: "birth\\p{L}*|dob|geburt\\p{L}*|naissance|nacimiento|nascimento|nascita|gender|sex|рождения|день|gebdatum",
  message:
    "message|comments?|body|text|enquiry|inquiry|question|nachricht|kommentar|commentaire|mensaje|comentario|mensagem|messaggio|commento|bericht|reactie|wiadomo[sś][cć]|komentarz|zpr[aá]va|сообщение|комментарий|meddelande|コメント|内容",
  subject: "subject|title|topic|betreff|sujet|objet|asunto|assunto|oggetto|onderwerp|temat|p[rř]edm[eě]t|тема|件名",
  from: "from|start|since|after|begin|min|von|ab|desde|de|du|dal|da|vanaf|od|с|от|fr[aå]n|fra|alkaen",
  to: "to|end|until|till|before|max|bis|hasta|au|al|a|tot|do|по|до|till|til|saakka",
  date: "date|datum|fecha|data|дата|day|calendar|p[aä]iv[aä]|tarih|日付|日期",
} as const;

export type FormWord = keyof typeof FORM_WORDS;

/**
 * Beginnings of words that names made for programs join to others without a mark between them: `searchform`, `loginBox`,
 * `forgotpassword.php`. Only what is long enough to mean the same inside another word.
 */
const JOINED: Partial<Record<FormWord, RegExp>> = {
  login: /log[io]n|signin|anmeld|connexion|[ei]inlogg|logowan|prihlas|acceso|identif/,
  register: /regist(?!ry)|signup|inscri|createaccount|newuser|cadastr/,
  search: /search|suche|recherch|busca|busqueda|zoek|pesquis|ricerca|szuka|hleda/,
  recovery: /forg[oe]t|reset|recover|lostpass|remind|vergess|vergeten|oubli|esquec|olvid|ricord|dimentic|zapom/,
  contact: /contact|kontakt|comment|feedback|enquir|inquir|guestbook|message/,
  newsletter: /newsletter|subscri|mailinglist|maillist|mailchimp|emailsignup|abonn|nieuwsbrief|optin/,
  order: /cart|basket|checkout|purchase|buynow|product|donat|warenkorb|panier|carrito|carrello/,
  poll: /poll|vote|survey/,
  sorting: /sort|orderby|filter|perpage/,
  navigation: /jump|goto|nav|lang|currency/,
};

const PATTERNS = new Map<FormWord, RegExp>();
/** Forms of one site, and long forms, say the same again and again. */
const READ = new Map<string, boolean>();
const MAX_READ = 20_000;

/** Whether a text (see `spaced`) speaks of something. */
export function speaksOf(word: FormWord, text: string): boolean {
  if (text === "") return false;
  const key = `${word} ${text}`;
  const known = READ.get(key);
  if (known !== undefined) return known;
  const isSaid = patternOf(word).test(text);
  if (READ.size >= MAX_READ) READ.clear();
  if (text.length <= 60) READ.set(key, isSaid);
  return isSaid;
}

/** Whether names made for programs (class, id, address) speak of something, also where words are joined. */
export function namesSpeakOf(word: FormWord, names: string): boolean {
  const joined = JOINED[word];
  if (joined?.test(names.slice(0, MAX_TEXT).toLowerCase())) return true;
  return speaksOf(word, spaced(names));
}

function patternOf(word: FormWord): RegExp {
  let pattern = PATTERNS.get(word);
  if (!pattern) {
    pattern = new RegExp(
      `(?<!\\p{L})(?:${FORM_WORDS[word]})(?!\\p{L})|[\\u3040-\\u30ff\\u4e00-\\u9fff\\uac00-\\ud7af](?<=${cjkOf(word)})`,
      "iu",
    );
    PATTERNS.set(word, pattern);
  }
  return pattern;
}

/** Languages without spaces: their words are found inside longer ones. */
function cjkOf(word: FormWord): string {
  const words = FORM_WORDS[word].split("|").filter((one) => /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/.test(one));
  return words.length > 0 ? words.join("|") : "(?!)";
}

const MAX_TEXT = 1000;

/** Names made for programs as words: `txtUserName`, `user_name[]` → "txt user name". */
export function spaced(name: string): string {
  return name
    .slice(0, MAX_TEXT)
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/\d+/g, " ")
    .replace(/\b(?:txt|tb|tbx|ctl|input|field|frm|edit|btn|cmd|lbl|ddl|inp)(?=\p{L}| )/giu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

"""Words by which news copy is recognised, for the readers and the wire grammar: by meaning, and by language.

A table gives the words of each language, separated by ", "; a tuple holds words of one language, or names that are the
same in all. Words are in lower case unless their case matters, and hold no characters that are special in a regular
expression; the patterns are built where they are used. A pattern that needs fewer words names the languages that it
takes. Where two lists of one meaning differ, the comment says why. Order matters only where one word begins another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

Table = Mapping[str, str]

# --- credits ------------------------------------------------------------------------------------------------------

# The preposition before an author's name: "By Jane Doe".
BY: Table = {
    "en": "by", "de": "von", "fr": "par", "es": "por", "pt": "por", "it": "di", "nl": "door", "sv": "av", "no": "av",
    "da": "af", "ar": "بقلم, كتب, كتبت",
}  # fmt: skip
# Prepositions that open surnames too ("De Blasio", "Da Silva"). They are added where a line can only be a credit.
BY_OR_NAME: Table = {"fr": "de", "es": "de", "it": "da", "pt": "da"}
# Further words before a name in a field that holds a credit and nothing else: with or without a colon, without one.
BY_IN_FIELD: Table = {"de": "vom", "fr": "propos recueillis par"}
WROTE: Table = {"cs": "napsal"}

# A label before an author's name: "Autor: Jan Kos", "Pewarta: Ani".
AUTHOR: Table = {
    "en": "author", "de": "autor, autorin", "es": "autor", "fr": "auteur", "it": "autore", "sv": "författare",
    "no": "forfatter", "pl": "autor, autorka", "hu": "szerző", "tr": "haber", "id": "pewarta, penulis, oleh",
    "ru": "автор",
}  # fmt: skip
TEXT: Table = {
    "en": "text", "de": "text", "fr": "texte", "es": "texto", "it": "testo", "pl": "tekst", "ru": "текст",
}  # fmt: skip
# The same in scripts where a label and a name may be one word: not looked for in the text of a page.
TEXT_EAST: Table = {"zh": "文, 撰文", "ko": "글"}
# Labels that are too common for a line of copy, in a field that holds a credit.
AUTHOR_IN_FIELD: Table = {
    "en": "from", "fr": "de", "fi": "teksti", "pl": "od, przez, opracował, opracowała", "cs": "podle", "hu": "írta",
    "ru": "авторы", "ar": "تقرير, إعداد", "zh": "文字",
}  # fmt: skip
# Words before "by" in a credit: "Written by"; those that need a colon too: "Photos by: Jane Doe".
CREDITED = ("written", "reported", "prepared", "compiled", "text", "words", "story", "analysis", "report", "posted")
CREDITED_IN_FIELD = ("stories", "reporting", "submitted", "photo", "photos", "words and pictures")
# What pages print before an author's name, and crawlers take for a part of it; the same after it.
BEFORE_NAME: Table = {
    "en": "more stories by, more stories from, more stories, more articles by, more articles from, more posts by, "
    "more by, more from, view all posts by, see all posts by, all posts by, view all articles by, all articles by, "
    "all stories by, articles by, stories by, posts by, view profile of, about the author, email the author, "
    "contact the author, written by, posted by, story by, words by, published by, updated by, minutes ago, minute "
    "ago, mins ago, min ago, hours ago, hour ago, days ago, day ago, weeks ago, follow, email, contact, meet, by",
    "de": "alle artikel von, alle beiträge von, weitere artikel von, mehr von, artikel von",
    "fr": "tous les articles de, voir tous les articles de, plus d’articles de, plus d'articles de, articles de",
    "es": "ver todas las entradas de, todas las noticias de, ver más artículos de, más artículos de, ver más de, "
    "artículos de",
    "pt": "ver todos os posts de, todas as notícias de, mais artigos de, mais de",
    "it": "tutti gli articoli di, vedi tutti gli articoli di, altri articoli di, leggi tutti gli articoli di",
    "nl": "alle artikelen van, meer van",
}  # fmt: skip
AFTER_NAME = (
    "view profile", "view bio", "see full bio", "full bio", "follow", "minutes ago", "hours ago", "days ago",
    "min read", "minute read", "read more", "view all posts", "posted on", "published on", "updated on",
)  # fmt: skip
# What stands near a name on a page and is written like one.
BESIDE_NAME = (
    "facebook", "twitter", "instagram", "linkedin", "whatsapp", "youtube", "image source", "image credit",
    "last updated", "see more stories", "more stories", "related stories", "recent posts", "latest posts",
    "latest stories", "sign up", "log in", "subscribe now", "comments", "view comments", "leave a comment",
    "photograph", "photographs", "home", "menu", "share", "share this", "advertisement", "about us", "contact us",
    "privacy policy", "terms of use", "read more stories", "am et", "pm et", "am est", "pm est", "am edt", "pm edt",
    "am gmt", "pm gmt",
)  # fmt: skip
# What contributors do, before "by" in a tagline: "Additional reporting and editing by"; and words that only open one.
WORK = ("reporting", "writing", "editing", "graphic", "graphics", "research")
WORK_FIRST = (
    "reported", "compiled", "translation", "translated", "photography", "production", "rewriting", "edited", "written",
    "video",
)  # fmt: skip
WORK_FURTHER = ("translating",)
FURTHER = ("additional", "further")
ALSO = ("written", "with", "extra")
# The same before a preposition of BY or BY_OR_NAME: "Édité par".
WORK_BY: Table = {
    "de": "bearbeitet, geschrieben, redigiert, berichtet, mitarbeit, redaktion",
    "fr": "reportage, édité, edité, rédigé, version française, service, avec",
    "es": "escrito, editado, editada, reporte, reportes, información, edición, traducido",
    "pt": "informação, reportagem, edição",
    "it": "scritto, redazione, a cura",
}
# The same before a colon.
WORK_LABEL: Table = {"en": "reporting, editing", "de": "mitarbeit, redaktion, autor, autoren"}
# Pictures, whose credit follows that of the text: "Photos by", "Bild:".
PICTURES: Table = {
    "en": "photo, photos, picture, pictures, video, graphic, graphics, illustration",
    "de": "foto, fotos, bild, bilder, grafik",
}
PHOTO: Table = {"en": "photo", "de": "foto"}
# What an agency announces beside a text: "AP Photos"; with a number: "Graphic XYZ123".
ANNOUNCED = ("photo", "photos", "graphic", "graphics", "video")
NUMBERED_PICTURES = ("photo", "picture", "graphic", "video")
# Captions and picture credits on a line of a page, before a colon; in brackets too.
CAPTION: Table = {
    "en": "photo, image, picture, photograph, credit, video", "de": "foto, bild", "fr": "crédit photo",
    "es": "fotografía",
}  # fmt: skip

# --- people and their work ----------------------------------------------------------------------------------------

# Who works for a newsroom, in the singular: on the line of an author's name (STAFF) or a tagline (CREW).
WRITERS = ("writer", "reporter", "correspondent")
STAFF = (*WRITERS, "editor", "columnist", "analyst")
CREW = ("journalist", "researcher", "producer", "photographer")
# Codes of metadata for the writer of a text.
AUTHOR_ROLES = ("author", "writer", "reporter", "byline", "journalist")
# Desks and beats before such a word: "AP sports writer".
DESKS = (
    "news", "staff", "sports", "business", "science", "religion", "national", "political", "medical", "health",
    "economics", "technology", "video",
)  # fmt: skip
# Other roles behind or before a name; words of which longer ones are roles too; beginnings that are not words.
ROLES: Table = {
    "en": "producer, producers, photographer, photographers, chief, bureau, staff, fellow, intern, contributor, "
    "critic, director, president, professor, lecturer, researcher, chair, chairman, chairwoman, ceo, specialist, "
    "secretary, minister, senator, commentator, freelance, freelancer, special to, for the",
    "es": "redaccion, redacción", "it": "redazione, inviato, inviata, corrispondente", "fr": "rédaction",
    "fi": "toimittaja, journalisti", "nl": "verslaggever, medewerker", "ru": "обозреватель",
}  # fmt: skip
ROLE_STEMS: Table = {
    "en": "journalist", "de": "korrespondent", "fr": "envoyé, correspondant", "es": "corresponsal, enviado, enviada",
    "tr": "muhabir", "ru": "корреспондент",
}  # fmt: skip
ROLE_ROOTS: Table = {"en": "spokes", "de": "redakt", "fr": "rédac"}
# Roles on a line below the byline.
ROLES_BELOW: Table = {
    "en": "staff, bureau chief", "de": "korrespondentin, korrespondent, redakteurin, redakteur",
}  # fmt: skip
# Titles before a name: of both lists; taken off a name (NAME_TITLES); before a dash no place (OFFICES).
TITLES = ("Dr", "Mr", "Mrs", "Ms", "Rep", "Sen", "Gov")
NAME_TITLES = ("Prof", "Rev", "Fr", "Sir", "Hon")
OFFICES = ("Reps", "Sens", "President", "Mayor")

# Reporters as Chinese, Japanese and Korean copy names them: on the staff, or for a place; editors; ranks in front.
REPORTERS: Table = {"zh": "记者, 記者", "ja": "記者, 特派員, 編集委員", "ko": "기자, 특파원"}
STRINGERS: Table = {"zh": "通讯员", "ja": "通信員", "ko": "통신원"}
EDITORS: Table = {"zh": "編輯, 编辑"}
TRANSLATED: Table = {"zh": "编译, 編譯"}
OUR_PAPER: Table = {"zh": "本报, 本報"}
RANKS: Table = {"zh": "见习, 見習, 实习", "ko": "선임, 인턴"}
TRAINEES: Table = {"ko": "수습"}
SPECIAL: Table = {"zh": "特約", "ko": "특파원"}

# Who a credit that names nobody is by: behind the name of a paper or town, at its beginning.
NOBODY = (
    "staff", "reporter", "reporters", "correspondents", "newsroom", "news desk", "agencies", "wire", "wires", "writers",
)  # fmt: skip
NOBODY_FIRST = ("associated press", "canadian press", "our", "staff", "special", "news", "web", "wire")
NOBODY_ROOTS = ("agenc",)

# Words of the names of papers, broadcasters, companies and institutions; beginnings of such words, and of longer ones.
ORGANISATIONS: Table = {
    "en": "press, times, post, tribune, herald, journal, gazette, guardian, telegraph, star, globe, chronicle, "
    "observer, examiner, dispatch, courier, bulletin, register, enterprise, sentinel, inquirer, today, daily, weekly, "
    "magazine, media, agency, wire, wires, service, services, network, radio, tv, television, broadcasting, "
    "university, college, institute, center, centre, foundation, database, society, association, company, corp, inc, "
    "ltd, llc, group, bureau, desk, team, office, department, ministry, committee, council, church, school, hospital, "
    "union, club, studio, blog, conversation, independent, review, monitor, staff, newsroom, report, reports, online, "
    "digital, editorial, reuters, associated, corporation",
    "de": "gmbh, ag, zeitung, nachrichten, verlag, presse, blatt, tageblatt, anzeiger, rundschau, spiegel, faktencheck",
    "fr": "figaro, monde, parisien, agence, rédaction", "es": "agencia, diario, periódico",
    "it": "agenzia, giornale, corriere, repubblica, redazione",
    "nl": "standaard, telegraaf, volkskrant, dagblad", "fi": "toimitus",
    "ru": "ассоциация, редакция, агентство, новости",
}  # fmt: skip
ORGANISATION_STEMS: Table = {
    "en": "news", "de": "redaktion", "es": "redacc", "no": "redaksjon, avis", "sv": "tidning",
}  # fmt: skip
ORGANISATION_ROOTS: Table = {"en": "universit", "no": "aften"}
# Beginnings of words by which an agency without an entry in the table calls itself news or agency.
CALLED_NEWS: Table = {
    "ru": "новост, агентств", "el": "ειδήσ", "ar": "أنباء, الأنباء", "fa": "خبرگزاری", "hi": "समाचार",
}  # fmt: skip

# --- words between others -----------------------------------------------------------------------------------------

# The conjunction between two names.
AND: Table = {
    "en": "and", "de": "und", "fr": "et", "sv": "och", "no": "og", "da": "og", "fi": "ja", "tr": "ve", "ru": "и",
    "uk": "та", "el": "και", "ar": "و",
}  # fmt: skip
# Conjunctions that are parts of names as well ("José Ortega y Gasset", "Dan Brown").
AND_OR_NAME: Table = {"es": "y, e", "it": "e", "pt": "e", "nl": "en", "pl": "i", "id": "dan"}
# Between two writers: "Anna Ek med Sven Alm".
WITH: Table = {
    "en": "with", "de": "mit", "fr": "avec", "es": "con, con la colaboración de", "sv": "med",
}  # fmt: skip

# Words in lower case that people's names have; that places have (PLACE_PARTICLES); that no name has (SMALL).
NAME_PARTICLES = (
    "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le", "van", "von", "der", "den", "ter",
    "te", "ten", "het", "vom", "zu", "zum", "af", "av", "al", "el", "bin", "ibn", "bint", "abu", "ben", "e", "y", "d'",
    "l'", "dello", "'t", "in", "ul", "ud", "und", "san", "mac", "mc", "st", "st.", "ap",
)  # fmt: skip
PLACE_PARTICLES = (
    "de", "del", "der", "des", "den", "di", "da", "do", "dos", "das", "du", "la", "le", "les", "el", "al", "an", "am",
    "im", "in", "of", "on", "the", "and", "und", "et", "y", "e", "i", "og", "och", "upon", "sur", "sous", "aan", "bei",
    "ob", "vor", "near", "auf", "von", "van", "zu", "to", "for", "or", "en", "nad", "na",
)  # fmt: skip
SMALL = (
    "the", "a", "an", "of", "for", "to", "from", "with", "on", "at", "by", "this", "that", "is", "was", "be", "as",
    "it", "his", "her", "their", "our", "your",
)  # fmt: skip
# Between a writer and the town: "Anna Ek in Oslo".
IN: Table = {"en": "in, in the, reporting from, from", "de": "aus", "fr": "à, en", "no": "i"}
# Words between the names of a credit or tagline, beside conjunctions and jobs.
CREDIT_WORDS: Table = {
    "en": "in, with, of, the, for, reporting, from, special, to, chief, bureau", "de": "mit, dpa, aus",
    "no": "ntb, med", "fr": "avec, à", "es": "con",
}  # fmt: skip
TAGLINE_WORDS: Table = {
    "en": "in, from, at, also, with, the, of, for, both, by, on, near, to, bureau, additional, reporting, editing, "
    "writing",
    "de": "aus, von, der, den", "fr": "à, de, la, le, du", "pt": "da, do", "it": "di", "nl": "van", "ar": "el, al, bin",
}  # fmt: skip
# Words that no dateline has: the story has begun.
PROSE = (
    "said", "says", "was", "were", "has", "have", "had", "is", "are", "will", "would", "that", "which", "who", "been",
    "his", "their", "he", "it",
)  # fmt: skip

# --- labels above a story -----------------------------------------------------------------------------------------

# The label of a headline above a text: "Titre : …".
HEADLINE: Table = {
    "en": "headline, title", "de": "überschrift", "fr": "titre", "es": "título", "pt": "título", "it": "titolo",
}  # fmt: skip
# Labels of the lines above a text, in English as newsrooms' systems print them; "hed" is their word for a headline.
HED = ("hed",)
SLUG = ("slug", "slugline")
BYLINE = ("byline", "author")
EMBARGO = ("embargo", "embargoed until", "embargoed")
OTHER_LABELS = ("dateline", "source", "keyword", "keywords", "subject", "location")
# The label of a date before a colon; with or without one, on a line that holds nothing but a date: PUBLISHED, UPDATED.
DATE: Table = {
    "en": "date, published, publication date, updated, last updated, release date, for release", "de": "datum",
    "es": "fecha", "it": "data", "pt": "data",
}  # fmt: skip
PUBLISHED: Table = {
    "en": "published, posted, issued, released, release, release date, for immediate release, for release, date",
    "de": "datum, veröffentlicht", "fr": "publié", "es": "publicado", "it": "pubblicato", "sv": "publicerad",
}  # fmt: skip
UPDATED: Table = {
    "en": "updated, last updated, last modified, modified", "de": "aktualisiert, stand", "fr": "mis à jour",
    "es": "actualizado", "it": "aggiornato", "sv": "uppdaterad",
}  # fmt: skip
# What may be between such a label and the date.
ON: Table = {"en": "on, at", "fr": "le", "es": "el", "de": "am", "it": "il"}
# The label of who supplied a text.
SOURCE: Table = {
    "en": "source", "de": "quelle", "es": "fuente", "it": "fonte", "ru": "источник", "ar": "المصدر",
    "zh": "来源, 來源", "ja": "出典",
}  # fmt: skip
# Prefixes of a mail's subject.
REPLY: Table = {
    "en": "re, fw, fwd", "de": "aw, wg", "fr": "tr", "es": "rv", "sv": "sv, vs", "nl": "antw, doorst", "it": "r, i",
    "pt": "enc, res",
}  # fmt: skip
# Subjects of forwarded messages among them: the text is not an answer.
FORWARD: Table = {
    "en": "fw, fwd", "de": "wg", "fr": "tr", "es": "rv", "nl": "doorst", "it": "i", "pt": "enc", "sv": "vb, vs",
    "fi": "vl", "pl": "pd", "ru": "пересл", "tr": "ilt", "zh": "转发, 轉寄", "ja": "転送",
}  # fmt: skip
# What is above a message that was forwarded, between dashes or before a colon; not what is above any that is quoted.
FORWARDED: Table = {
    "en": "forwarded message, forwarded by",
    "fr": "message transféré, message réexpédié",
    "de": "weitergeleitete nachricht, weitergeleiteten nachricht",
    "es": "mensaje reenviado",
    "pt": "mensagem encaminhada, mensagem reencaminhada",
    "it": "messaggio inoltrato", "nl": "doorgestuurd bericht",
    "sv": "vidarebefordrat meddelande, vidarebefordrat brev",
    "no": "videresendt melding", "da": "videresendt besked, videresendt meddelelse",
    "fi": "välitetty viesti, edelleenlähetetty viesti",
    "pl": "przekazana wiadomość, przekazywana wiadomość",
    "cs": "přeposlaná zpráva", "hu": "továbbított üzenet",
    "ro": "mesaj redirecționat",
    "ru": "пересылаемое сообщение, пересланное сообщение", "uk": "переслане повідомлення",
    "el": "προωθημένο μήνυμα", "tr": "iletilmiş mesaj", "ar": "رسالة معاد توجيهها",
    "he": "הודעה שהועברה", "ja": "転送メッセージ, 転送されたメッセージ",
    "zh": "转发的邮件, 轉寄郵件, 已转发邮件", "ko": "전달된 메시지",
}  # fmt: skip
# Labels of a message's header lines as mail programs print them.
MAIL_FROM: Table = {
    "en": "from", "de": "von", "fr": "de, expéditeur", "es": "de, desde", "pt": "de", "it": "da, mittente",
    "nl": "van", "sv": "från", "no": "fra", "fi": "lähettäjä", "pl": "od, nadawca", "cs": "od", "hu": "feladó",
    "ro": "de la", "ru": "от, от кого", "uk": "від", "el": "από", "tr": "kimden, gönderen", "ar": "من", "he": "מאת",
    "ja": "差出人, from", "zh": "发件人, 寄件者, 寄件人", "ko": "보낸 사람, 보낸사람",
}  # fmt: skip
MAIL_DATE: Table = {
    "en": "date, sent, sent on", "de": "datum, gesendet", "fr": "date, envoyé, envoyé le",
    "es": "fecha, enviado, enviado el", "pt": "data, enviado, enviada, enviada em, enviado em", "it": "data, inviato",
    "nl": "datum, verzonden", "sv": "datum, skickat", "no": "dato, sendt", "da": "dato, sendt",
    "fi": "päivämäärä, päiväys, lähetetty, pvm", "pl": "data, wysłano, wysłane", "cs": "datum, odesláno",
    "hu": "dátum, elküldve, küldve", "ro": "data, trimis, dată", "ru": "дата, отправлено", "uk": "дата, надіслано",
    "el": "ημερομηνία, στάλθηκε", "tr": "tarih, gönderildi, gönderme tarihi", "ar": "التاريخ, تم الإرسال",
    "he": "תאריך, נשלח", "ja": "日付, 日時, 送信日時", "zh": "日期, 发送时间, 寄件日期, 发送日期",
    "ko": "날짜, 보낸 날짜, 보낸날짜",
}  # fmt: skip
MAIL_SUBJECT: Table = {
    "en": "subject", "de": "betreff", "fr": "objet, sujet", "es": "asunto", "pt": "assunto", "it": "oggetto",
    "nl": "onderwerp", "sv": "ämne", "no": "emne", "da": "emne", "fi": "aihe", "pl": "temat", "cs": "předmět",
    "hu": "tárgy", "ro": "subiect", "ru": "тема", "uk": "тема", "el": "θέμα", "tr": "konu", "ar": "الموضوع",
    "he": "נושא", "ja": "件名", "zh": "主题, 主旨, 主題", "ko": "제목",
}  # fmt: skip
MAIL_TO: Table = {
    "en": "to, cc, bcc, reply-to", "de": "an, kopie, antwort an, antwort-an",
    "fr": "à, a, copie, pour, répondre à, destinataire", "es": "para, con copia, responder a",
    "pt": "para, responder para, com cópia", "it": "a, per, rispondi a", "nl": "aan, antwoorden aan, antwoord aan",
    "sv": "till, kopia, svar till", "no": "til, kopi", "da": "til", "fi": "vastaanottaja, kopio",
    "pl": "do, dw, odbiorca", "cs": "komu, kopie", "hu": "címzett, másolatot kap", "ro": "către", "ru": "кому, копия",
    "uk": "кому, копія", "el": "προς, κοιν", "tr": "kime, bilgi, alıcı", "ar": "إلى", "he": "אל",
    "ja": "宛先, to, cc", "zh": "收件人, 收件者, 抄送, 副本", "ko": "받는 사람, 받는사람, 참조",
}  # fmt: skip
# Parts of a line that does not belong to a mailed text: where else it can be read, and how not to get it.
VIEW_ONLINE: Table = {
    "en": "in your browser, in a browser, in browser, in your web browser, view online, view it online, read online, "
    "web version, online version, as a web page, images not displaying, not displaying correctly, display problems, "
    "trouble viewing, having trouble reading, does not support html, an html message, view the html, html version, "
    "html-capable, html-compatible, mime format",
    "de": "im browser, online ansehen, online-version, webversion, nicht richtig angezeigt, nicht korrekt angezeigt, "
    "wird nicht richtig dargestellt, html-fähig",
    "fr": "dans votre navigateur, dans le navigateur, version en ligne, version web, ne s'affiche pas",
    "es": "en su navegador, en tu navegador, en el navegador, versión web, versión online, no se visualiza",
    "pt": "no seu navegador, no navegador, versão web, versão online",
    "it": "nel browser, nel tuo browser, versione online, versione web, non visualizzi",
    "nl": "in uw browser, in je browser, in de browser, online versie, webversie",
    "sv": "i din webbläsare, i webbläsaren, webbversion", "no": "i nettleseren, nettversjon",
    "da": "i din browser, webversion", "fi": "selaimessa", "pl": "w przeglądarce, wersja online",
    "cs": "v prohlížeči", "ru": "в браузере, веб-версия", "tr": "tarayıcıda", "ja": "ブラウザで",
    "zh": "在浏览器中, 在瀏覽器中", "ko": "브라우저에서",
}  # fmt: skip
UNSUBSCRIBE: Table = {
    "en": "unsubscribe, manage your preferences, update your preferences, email preferences, you are receiving this, "
    "you received this, to stop receiving",
    "de": "abmelden, abbestellen, austragen, sie erhalten diese",
    "fr": "désinscrire, désabonner, désinscription, désabonnement",
    "es": "darse de baja, darte de baja, cancelar suscripción, cancelar la suscripción",
    "pt": "cancelar a subscrição, cancelar inscrição, descadastrar, deixar de receber",
    "it": "cancellati, disiscriviti, annulla l'iscrizione, cancella iscrizione", "nl": "uitschrijven, afmelden",
    "sv": "avregistrera, avprenumerera, avsluta prenumeration", "no": "avslutt abonnement, meld deg av",
    "da": "afmeld", "fi": "peruuta tilaus", "pl": "wypisz się, rezygnacja z subskrypcji", "cs": "odhlásit",
    "ru": "отписаться", "tr": "abonelikten çık", "ja": "配信停止", "zh": "退订, 取消訂閱", "ko": "수신거부",
}  # fmt: skip
# Words of a mail that only carries what is attached to it.
ATTACHED: Table = {
    "en": "attached, attachment, attachments, enclosed",
    "de": "anhang, anlage, angehängt, beigefügt, anbei, beiliegend",
    "fr": "ci-joint, ci-jointe, ci-joints, pièce jointe, pj", "es": "adjunto, adjunta, adjuntos, adjuntamos",
    "pt": "anexo, anexos, anexa, anexamos", "it": "allegato, allegati, in allegato, alleghiamo",
    "nl": "bijlage, bijgevoegd, bijgaand", "sv": "bifogat, bifogad, bilaga", "no": "vedlagt, vedlegg",
    "da": "vedhæftet, vedlagt", "fi": "liite, liitteenä", "pl": "załączniku, załącznik, załączam",
    "cs": "příloze, příloha", "ru": "вложение, вложении, прилагается", "tr": "ekte", "ja": "添付", "zh": "附件",
    "ko": "첨부",
}  # fmt: skip
# The number of a printed page: "Seite 3 von 5", "p. 3".
PAGE: Table = {"en": "page", "de": "seite", "es": "página", "it": "pagina"}
PAGE_SHORT = ("p", "pag")
PAGE_OF: Table = {"en": "of", "de": "von", "es": "de", "it": "di", "fr": "sur"}
# Parts of a book or an issue that hold nothing to read, as a table of contents names them.
BOOK_PARTS: Table = {
    "en": "cover, front cover, title page, copyright, copyright page, contents, table of contents, dedication, "
    "imprint, masthead, index, also by",
    "de": "umschlag, titelseite, inhalt, inhaltsverzeichnis, impressum, widmung",
    "fr": "couverture, page de titre, sommaire, table des matières, droits d'auteur, dédicace",
    "es": "cubierta, portada, portadilla, índice, créditos, dedicatoria",
    "pt": "capa, folha de rosto, sumário, índice, créditos, dedicatória",
    "it": "copertina, frontespizio, indice, sommario, colophon, dedica",
    "nl": "omslag, titelpagina, inhoud, inhoudsopgave, colofon", "sv": "omslag, titelsida, innehåll",
    "pl": "okładka, strona tytułowa, spis treści", "ru": "обложка, содержание, оглавление",
}  # fmt: skip

# --- kickers and versions -----------------------------------------------------------------------------------------

# A line above the headline, alone: what kind of message it is.
KICKERS: Table = {
    "en": "extra, refile, urgent, flash, alert, correction, advisory",
    "de": "eilmeldung, zusammenfassung, korrektur, berichtigung",
}
# The same where the text alone shows that it is a head (COPY), and where the format does (IPTC 7901: HEAD). A line
# "Analysis" or "Update" of plain copy is as often a heading of the story itself.
COPY_KICKERS: Table = {
    "en": "bulletin, apnewsalert, corrected version, embargoed, priority, breaking news, breaking, exclusive",
    "de": "achtung, exklusiv",
}
HEAD_KICKERS: Table = {
    "en": "lead, update, net, preview, roundup, summary, feature, profile, analysis, factbox",
    "de": "überblick, wiederholung, eil, vorschau",
}
# Ordinals before a version: "1st"; others.
ORDINAL_ENDINGS = ("st", "nd", "rd", "th")
ORDINALS: Table = {"de": "erste, zweite", "fr": "1er, 2e"}
# What is numbered, with the number in front ("2nd lead") or behind ("UPDATE 2").
VERSIONS = ("lead", "net", "add", "update", "version")
VERSIONS_DE = ("zusammenfassung",)
NUMBERED = ("update",)
# AP's, which no transmission by IPTC 7901 has: "3rd Ld-Writethru", "Adv 12", "Bjt".
LEADS = ("ld", "lead")
ADVANCE = ("adv",)
ADDS = ("add", *ADVANCE)
BUDGET = ("bjt",)
WRITETHRU = ("writethru",)
# Of a version that a kicker names without a number.
VERSION_KICKERS: Table = {"en": "refile, correction", "de": "korrektur, berichtigung, zusammenfassung"}
# In capitals before a hyphen: "UPDATE 2-Oil …", in a headline as before a story; those of a headline; of a story.
MARKS = ("UPDATE", "REFILE", "CORRECTED", "RPT")
HEADLINE_MARKS = ("WRAPUP", "REPEAT")
LEAD_MARKS = ("LEAD",)
# Words in capitals before a dash that are not a place: kickers, headings, days, what tables and headlines begin with.
NOT_PLACES: Table = {
    "en": "update, updates, correction, corrected, corrects, correcting, factbox, breaking, next, up, watch, live, "
    "video, audio, photos, photo, exclusive, analysis, opinion, editorial, commentary, lead, year, note, notes, "
    "editor, editors, alert, urgent, flash, bulletin, news, sports, business, world, national, weather, feature, "
    "features, timeline, explainer, review, preview, summary, highlights, quotes, key, developments, background, "
    "wrapup, wrap, roundup, table, results, scores, standings, fact, check, interview, profile, obituary, letter, "
    "letters, column, advisory, attention, embargoed, release, media, statement, contact, who, what, when, where, why, "
    "how, what's, whats, who's, wheat, corn, soybeans, oil, gold, silver, sugar, coffee, cocoa, copper, total, net, "
    "shr, shrs, revs, sales, profit, loss, period, quarter, half, first, second, third, fourth, group, end, by, "
    "source, sources, today, tonight, tomorrow, yesterday, monday, tuesday, wednesday, thursday, friday, saturday, "
    "sunday, january, february, march, april, june, july, august, september, october, november, december, the, a, an, "
    "and, or, but, in, on, at, for, from, with, this, that, q, q&a, i, ii, iii, iv, v, vi, vii, viii, ix, x, nato, eu, "
    "un, us, usa, uk, fbi, cia, nasa, cdc, covid, read, more, related, see, also, report, reports, warning, latest, "
    "top, story, stories, recap, stocks, bonds, markets, market, money, entertainment, health, science, technology, "
    "politics, people, music, film, movie, tv, book, books, game, games, team, teams, american, league, nfl, nba, mlb, "
    "nhl, ncaa, pga, east, west, central, north, south, ap-r, am, pm, sport, economy, finance, service, update2, "
    "introduction, conclusion, abstract, overview, question, answer, moderator, chairman, president, senator, "
    "transcript",
    "de": "aktuell, eilmeldung, exklusiv, kommentar, hintergrund, porträt, meinung, korrektur, meldung, wetter, börse, "
    "ergebnisse, tabelle, impressum, achtung, zusammenfassung",
    "es": "archivo, opinión, actualización, última, hora, urgente",
}

# --- orders and notes to editors ----------------------------------------------------------------------------------

# A line that says until when nothing may be published, with a date behind it; alone too, but for orders.
EMBARGOED = ("embargoed",)
EMBARGOED_UNTIL = ("until", "for", "to", "till")
SPERRFRIST = ("sperrfrist",)
SPERRFRIST_BIS = ("bis",)
EMBARGO_ORDERS: Table = {
    "en": "under embargo until, not for release before, not for release until, not for publication before, "
    "not for publication until, not for use before, not for use until, hold for release until, hold for release till, "
    "hold for release",
    "fr": "sous embargo jusqu'au, sous embargo jusqu’au, sous embargo jusquau, embargo jusqu'au, embargo jusqu’au, "
    "embargo jusquau",
    "es": "embargo hasta el, embargo hasta",
}
# A story that must not be used, for now or at all; words that say so before a dash or colon.
HOLD = ("do not publish", "do not use", "do not release")
KILL = ("mandatory kill", "story withdrawn", "story killed", "article withdrawn", "article killed")
KILLED: Table = {"en": "kill, withdrawn", "de": "zurückgezogen"}
# Words in the status that a source states.
CANCELED_STATUS = ("cancel", "kill", "withdrawn", "deleted", "retired")
WITHHELD_STATUS = ("withheld", "hold", "draft", "unpublished", "private", "pending")

# To whom a note is addressed; the label of a note.
TO_EDITORS = ("ed", "eds", "editor", "editors", "attn")
NOTE: Table = {
    "en": "editor's note, editor’s note, editors' note, editors’ note, note to editor, note to editors, eds note, "
    "attention editors, advisory",
    "de": "an die redaktionen, redaktionen, hinweis", "es": "nota del editor", "fr": "note de la rédaction, ndlr",
    "it": "nota ai redattori",
}  # fmt: skip
# How a note in brackets on what is new in this version begins: "(Adds quotes)".
CHANGES: Table = {
    "en": "adds, recasts, updates, corrects, refiles, repeats, rewrites, changes, removes, fixes, clarifies, replaces, "
    "restores, this story, this version, new throughout, details",
    "fr": "ajoute, actualis", "es": "actualiz, añade, amplía, corrige", "de": "neu:, korrigiert, wiederholung",
}  # fmt: skip
# From such a line on nothing is for publication. In German IPTC 7901 wants more of the sentence than its beginning.
NOT_FOR_PUBLICATION: Table = {
    "en": "the following information is not for publication, the following information is not intended for publication",
}
NOT_FOR_PUBLICATION_DE = ("die folgenden informationen sind nicht",)
FOR_PUBLICATION_DE = ("zur veröffentlichung", "für die veröffentlichung")
# Of plain copy, where the format has no section for editors.
NOT_FOR_PRINT: Table = {
    "en": "not for publication, information for editors only", "de": "folgende informationen sind nicht, notizblock",
    "es": "las siguientes informaciones no",
}  # fmt: skip
# Headings of what dpa and others append for editors alone, behind "##".
EDITORS_SECTIONS: Table = {
    "en": "notebook, internet, note to, editorial, note for editors, notes for editors, link, links, photo, photos",
    "de": "notizblock, orte, redaktionelle hinweise, redaktionelle hinweis, redaktioneller hinweis, "
    "redaktioneller hinweise, ansprechpartner, kontakt, foto, fotos, termine, ziffern",
}

# --- around a story -----------------------------------------------------------------------------------------------

# The heading of a press release; in English two words: "news release", "press kit".
RELEASE: Table = {
    "de": "pressemitteilung, pressemeldung, presseinformation", "fr": "communiqué de presse",
    "es": "comunicado de prensa, nota de prensa", "pt": "comunicado de imprensa", "it": "comunicato stampa",
    "nl": "persbericht", "sv": "pressmeddelande", "da": "pressemeddelelse", "fi": "lehdistötiedote, tiedote",
    "ru": "пресс-релиз", "sk": "tlačová správa", "pl": "informacja prasowa", "tr": "basın bülteni",
}  # fmt: skip
# The order that a release may be used at once, with a form of "for" in front or without.
IMMEDIATE: Table = {
    "en": "immediate release, immediate public release, immediate use, general release, immediate distribution, "
    "immediate publication",
    "de": "zur sofortigen veröffentlichung, sofort zur veröffentlichung, zur sofortigen verwendung, sperrfrist: keine",
    "fr": "pour diffusion immédiate, à diffuser immédiatement, pour publication immédiate, diffusion immédiate",
    "es": "para difusión inmediata, para publicación inmediata, para publicar de inmediato, difusión inmediata",
    "pt": "para divulgação imediata, para publicação imediata, divulgação imediata",
    "it": "per diffusione immediata, per pubblicazione immediata, diffusione immediata, per la pubblicazione immediata",
    "nl": "voor onmiddellijke publicatie, voor directe publicatie",
    "sv": "för omedelbar publicering", "no": "for umiddelbar publisering", "da": "til omgående offentliggørelse",
}  # fmt: skip
RELEASE_FOR = ("media", "news", "press")
RELEASE_KINDS = ("release", "statement", "advisory", "kit")
NOT_FOR = ("dissemination", "distribution", "release", "publication")
# The label of an address for questions; the English ones, before which CONTACT_OF may be.
CONTACT: Table = {
    "de": "kontakt, pressekontakt, rückfragen, rueckfragen", "es": "contacto, contacto de prensa",
    "fr": "contact presse", "it": "contatti",
}  # fmt: skip
CONTACT_EN = (
    "enquiries", "inquiries", "relations contact", "media contact", "media contacts", "press office", "information",
)  # fmt: skip
CONTACT_OF = (
    "media", "press", "for more information", "for further information", "for additional information",
    "further information", "investor", "public relations", "company",
)  # fmt: skip
CONTACT_FOR = ("media", "press", "journalists", "editors")
# The label of a telephone number or an address.
REACH = (
    "media", "investor", "investors", "press", "analyst", "analysts", "contact", "contacts", "email", "e-mail", "tel",
    "telefon", "phone",
)  # fmt: skip
# Further labels of numbers and addresses, for a line that holds nothing else.
PHONES = (
    "telephone", "téléphone", "tél", "teléfono", "telefono", "telefone", "mobile", "mobil", "cell", "office", "direct",
    "fax", "mail", "courriel", "correo", "web", "website", "t", "p", "m", "e", "o", "c", "f",
)  # fmt: skip
RIGHTS_RESERVED: Table = {
    "de": "alle rechte vorbehalten", "en": "all rights reserved", "fr": "tous droits réservés",
    "es": "todos los derechos reservados", "it": "riproduzione riservata", "pt": "todos os direitos reservados",
}  # fmt: skip
# What must not be done with a text, in the line of rights.
RESTRICTIONS = (
    "may not be published, broadcast", "this material may not be published", "this material may not be reproduced",
)  # fmt: skip
# A link to other articles, in copy and on pages; those of pages alone, which write more languages.
READ_ALSO: Table = {"de": "mehr zum thema", "fr": "lire aussi", "es": "leer más", "it": "leggi anche"}
READ_ALSO_IN_COPY: Table = {"de": "lesen sie"}
READ_ALSO_ON_PAGES: Table = {
    "de": "lesen sie auch, lesen sie mehr, lesen sie hier", "nl": "lees ook, lees meer", "fr": "à lire",
    "es": "lea también, lea además, lee también", "pt": "leia também, leia mais", "no": "les også",
    "sv": "läs mer, läs också, läs även", "da": "læs også", "fi": "lue myös",
    "pl": "czytaj też, czytaj także, czytaj więcej, zobacz też, zobacz także", "ru": "читайте также",
    "cs": "čtěte také, čtěte i", "ro": "citește și", "id": "baca juga", "tr": "ayrıca oku",
}  # fmt: skip
READ: Table = {"hu": "olvassa, olvasson, olvassd", "el": "διαβάστε"}
# Lines below a story that invite to read, watch or follow more.
INVITATIONS = (
    "find more", "find ap", "read more", "read the full", "see more", "see also", "learn more", "sign up",
    "full coverage", "full ap coverage", "subscribe", "click here", "download the", "watch the video",
    "view source", "view original", "related stories", "related articles", "related issues", "related content",
    "related topics", "online:", "on the net", "keyword:", "keywords:", "tag:", "tags:", "disclaimer",
)  # fmt: skip
ADVERTISEMENT: Table = {
    "en": "advertisement", "de": "anzeige, werbung", "es": "publicidad", "fr": "publicité", "it": "pubblicità",
    "ru": "реклама",
}  # fmt: skip

# --- end marks and agencies ---------------------------------------------------------------------------------------

# The end of a story, on a line of its own; with the word before or behind it; behind the last sentence.
THE_END: Table = {
    "en": "ends, end, enditem, end item", "de": "ende", "fr": "fin", "it": "fine", "sv": "slut", "cs": "konec",
    "ru": "конец, konets", "fi": "loppu", "pl": "koniec",
}  # fmt: skip
THE_END_BEHIND: Table = {"en": "item ends"}
THE_END_SLASHED: Table = {"pt": "fim"}
THE_END_INLINE = ("ends", "enditem")
THE_END_AR = ("انتهى", "انتهي")
THE_END_EAST: Table = {"zh": "完", "ja": "了", "ko": "끝"}
# The line that ends a message of a teleprinter.
NNNN = ("nnnn",)
# Agencies that end a story with their name: bare on a line of its own; behind a full stop; behind any word, with a
# capital; behind "=="; with codes; between slashes; in brackets, on a line of its own or behind the last sentence; with
# a full stop behind the bracket; behind the last sentence only.
SIGN_OFFS_BARE = ("reuters", "reuter", "upi", "kyodo", "xinhua", "tt", "ntb", "efe", "lusa")
SIGN_OFFS_SPOKEN = ("reuters", "reuter", "efe")
SIGN_OFFS_CAPITAL = ("reuter", "enditem")
SIGN_OFFS_RULED = ("kyodo",)
SIGN_OFFS_CODED = ("aap",)
SIGN_OFFS_SLASHED = ("ritzau",)
SIGN_OFFS = ("ANP", "Belga", "STT", "PAP", "ANSA", "EFE", "Lusa")
SIGN_OFFS_STOPPED = ("ANSA", "EFE")
SIGN_OFFS_INLINE = ("AA", "DHA", "MTI", "ČTK", "APA", "dpa", "AFP", "VNA", "TTXVN", "КР")
# Agencies that sign with initials behind a slash, `(SDA/ab)`; and those that do so below an IPTC 7901 message,
# `dpa ab cd`, without brackets.
SIGNED = ("SDA", "APA", "dpa", "ats", "awp")
SIGNED_7901 = ("dpa", "ats", "sda", "kna", "apa", "afp", "epd", "sid")
# Codes that open the last line of an ANPA message -> the agency.
TRAILERS_ANPA = {"AP": "AP", "KWS": "Kyodo"}
# Employers beside a job: anywhere; on a line below the byline; before the job in a tagline; in an ANPA message's head.
EMPLOYERS = ("AP", "Associated Press", "Reuters", "AFP", "dpa", "Canadian Press")
EMPLOYERS_BELOW = (*EMPLOYERS, "Press Association", "UPI")
EMPLOYERS_BEFORE = (*EMPLOYERS, "Kyodo", "PA")
EMPLOYERS_ANPA = ("kyodo", "reuters", "dpa", "afp", "upi")
# Agencies whose pictures are announced: "AP Photos".
PICTURE_AGENCIES = ("AP", "AFP", "EPA", "Reuters", "PA")
# Agencies as Chinese datelines name them; the words for a message behind the day.
AGENCIES_ZH = (
    "新华社", "新華社", "新华网", "新華网", "中新社", "中新网", "中央社", "中國新聞社", "中国新闻网", "人民网",
    "央视网", "路透社", "路透", "法新社", "美联社", "美聯社", "共同社", "德新社", "塔斯社",
)  # fmt: skip
XINHUA = ("新华社", "新華社")
CABLE_ZH = ("电", "電")
NEWS_ZH = ("讯", "訊")
REPORT_ZH = ("报道", "報導")

# --- dates --------------------------------------------------------------------------------------------------------

# A search loads wire/dates.py and not this module, so the words between the parts of a date are there.
# English months as wires abbreviate them, January first.
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Weekdays as running text prints them (the table of weekdays.txt knows more forms, which are other words too).
WEEKDAYS: Table = {
    "en": "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday",
    "de": "Montag, Dienstag, Mittwoch, Donnerstag, Freitag, Samstag, Sonnabend, Sonntag",
    "fr": "lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche",
    "es": "lunes, martes, miércoles, jueves, viernes, sábado, domingo",
    "it": "lunedì, martedì, mercoledì, giovedì, venerdì",
    "pt": "segunda-feira, terça-feira, quarta-feira, quinta-feira, sexta-feira",
    "nl": "maandag, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag",
    "sv": "måndag, tisdag, onsdag, torsdag, fredag, lördag, söndag",
    "no": "mandag, tirsdag, lørdag, søndag",
}
# Words before a weekday that mean another week's.
ANOTHER_WEEK: Table = {
    "en": "last, next, until, till, by, every, will, to, since, before, from, each, through, past, following, this, "
    "coming, starting, after",
    "de": "nächsten, kommenden, vergangenen, letzten, bis, ab, seit, jeden",
    "fr": "prochain, dernier, jusqu'à, avant, depuis", "es": "próximo, pasado, hasta, desde",
    "it": "prossimo, scorso, fino, dal", "nl": "volgende, vorige, tot, sinds", "sv": "nästa, förra",
    "no": "neste, forrige",
}  # fmt: skip

# --- mastheads ----------------------------------------------------------------------------------------------------

# Words that are, or close, the name of a newspaper; German and the Nordic languages write them at the end of a word.
NEWSPAPER: Table = {
    "en": "advertiser, advocate, age, argus, banner, beacon, bee, bugle, bulletin, call, chronicle, citizen, clarion, "
    "commercial, commoner, courant, courier, courier-journal, democrat, despatch, dispatch, eagle, echo, enquirer, "
    "enterprise, era, examiner, express, free press, gazette, globe, guardian, herald, independent, inquirer, "
    "intelligencer, inter ocean, item, journal, leader, ledger, liberator, mail, mercury, messenger, mirror, monitor, "
    "news, news-letter, newspaper, observer, patriot, picayune, pilot, pioneer, plain dealer, populist, post, "
    "post-dispatch, press, progress, record, register, reporter, republic, republican, review, sentinel, standard, "
    "star, statesman, sun, telegram, telegraph, times, times-dispatch, times-picayune, torch, transcript, tribune, "
    "union, voice, whig, world",
    "de": "anzeiger, bote, blatt, courier, kurier, nachrichten, post, presse, tagblatt, tageblatt, volksblatt, "
    "volksfreund, zeitung",
    "fr": "courrier, dépêche, écho, feuille, feuille d'avis, figaro, gazette, journal, matin, monde, moniteur, "
    "nouvelliste, patrie, petit journal, petit parisien, presse, siècle, temps, tribune",
    "es": "correo, diario, gaceta, heraldo, imparcial, mercurio, nación, noticias, prensa, sol, tiempo, universal, voz",
    "it": "corriere, gazzetta, giornale, mattino, messaggero, secolo, stampa, tempo",
    "pt": "correio, diário, gazeta, jornal, notícias", "nl": "bode, courant, dagblad, handelsblad, krant, nieuws, "
    "nieuwsblad, tijd, volk", "sv": "blad, dagblad, posten, tidning, tidningar",
    "no": "avis, dagblad, tidende, tidning", "da": "avis, dagblad, tidende", "fi": "lehti, sanomat, uutiset",
}  # fmt: skip
# Articles that open the name of a newspaper.
NEWSPAPER_ARTICLE = ("the", "le", "la", "les", "l'", "die", "der", "das", "de", "het", "el", "il", "o", "a")
# What is beside the date in a masthead: volume, number, price, pages, part of the day.
MASTHEAD: Table = {
    "en": "vol, volume, no, number, whole no, whole number, price, cent, cents, penny, pence, dollar, dollars, year, "
    "per, one, two, three, four, five, six, eight, ten, twelve, copy, page, pages, part, section, edition, "
    "established, morning, evening, afternoon, noon, night, final, home, extra, city, late, last, est, in advance, "
    "a year, a copy",
    "de": "jahrgang, jahrg, jg, nummer, nr, preis, pfennig, pf, seite, seiten, ausgabe, abendausgabe, morgenausgabe, "
    "abend, morgen, den, blatt",
    "fr": "année, numéro, prix, centime, centimes, le numéro, édition, page, pages, le, du matin, du soir",
    "es": "año, núm, número, precio, céntimos, edición, página", "it": "anno, numero, num, prezzo, centesimi, edizione",
    "nl": "jaargang, jrg, prijs, nummer, blad, dag, avond, ochtend, pagina", "sv": "årg, årgången, pris, öre",
}  # fmt: skip


def words(table: Table, *languages: str) -> tuple[str, ...]:
    """Return the words of a table without repeats, in its order; of the languages named, or of all."""
    found = [
        word
        for language, listed in table.items()
        if not languages or language in languages
        for word in listed.split(", ")
    ]
    return tuple(dict.fromkeys(found))


def spelled(listed: Iterable[str], *forms: Callable[[str], str]) -> tuple[str, ...]:
    """Return the words `listed` in each of the forms (`str.title`, `"{}s".format` …), without repeats."""
    return tuple(dict.fromkeys(form(word) for word in listed for form in forms))


def either(*listed: Iterable[str]) -> str:
    """Return the words of all lists as alternatives of a regular expression, without a group around them."""
    return "|".join(dict.fromkeys(word for words_ in listed for word in words_))


def openings(*listed: Iterable[str]) -> str:
    """Return the words of all lists as alternatives without those that another one begins, lowered like a text."""
    found: list[str] = []
    for word in sorted({word.lower().replace("ı", "i") for words_ in listed for word in words_}):
        if not found or not word.startswith(found[-1]):
            found.append(word)
    return "|".join(found)

# ruff: noqa: E501 (samples are as long as they are)
"""Copy as agencies all over the world lay it out, invented for the test and written before the grammar saw it.

Each case is a whole text with what a person reads off it: headline, date, people, place, country.
"""

from __future__ import annotations

import io
from datetime import datetime

import pytest

from morgue.model import Article, Context
from morgue.readers import read_stream
from morgue.wire import resolve_draft

NOW = 1795000000.0  # November 2026

Truth = tuple[str, str, tuple[str, ...], str, str]
CASES: dict[str, tuple[str, str, str, Truth]] = {}
"""name -> (format's ending, day the file was written, an anchor, text, (headline, date, people, place, country))."""


def case(name: str, text: str, truth: Truth, date: str = "", ending: str = "txt") -> None:
    """Add one case."""
    CASES[name] = (ending, date, text.strip("\n") + "\n", truth)


MORE = "\n\nOfficials said the work would go on for several weeks. Residents were asked to stay at home."

case(
    "ap-slug",
    "BC-US--Bridge Closed, 2nd Ld-Writethru,320<\nDeck of old river bridge buckles in heat<\nEds: UPDATES with quotes.<\n"
    "By DANA WHITLOCK\nAssociated Press Writer\n\nDULUTH, Minn. (AP) _ The deck of a bridge buckled on Monday." + MORE,
    ("Deck of old river bridge buckles in heat", "", ("DANA WHITLOCK",), "DULUTH, Minn.", "US"),
)
case(
    "ap-bare",
    "DENVER (AP) — A snow plow driver found a lost dog Friday, police said." + MORE,
    ("", "", (), "DENVER", "US"),
)
case(
    "ap-byline-below-headline",
    "Farmers count losses after hail\n\nBy ROSA LINARES and TOM ECKHART\nAssociated Press\n\n"
    "MENDOZA, Argentina (AP) — Hail the size of eggs fell on vineyards." + MORE,
    ("Farmers count losses after hail", "", ("ROSA LINARES", "TOM ECKHART"), "MENDOZA, Argentina", "AR"),
)
case(
    "reuters-new",
    "UPDATE 2-Copper smelter halts output after fire\n\nBy Priya Nambiar\n\nSANTIAGO, March 3 (Reuters) - A copper smelter "
    "stopped output on Tuesday." + MORE,
    ("UPDATE 2-Copper smelter halts output after fire", "2026-03-03", ("Priya Nambiar",), "SANTIAGO", "CL"),
    "2026-03-04",
)
case(
    "reuters-joint",
    "Ferry talks collapse\n\nBy Nils Aaker and Marta Kowal\n\nOSLO/GDANSK, Poland, Oct 9 (Reuters) - Talks about a ferry line "
    "collapsed on Friday." + MORE,
    ("Ferry talks collapse", "2026-10-09", ("Nils Aaker", "Marta Kowal"), "OSLO/GDANSK, Poland", "NO"),
    "2026-10-10",
)
case(
    "reuters-no-place",
    "BRIEF-Hallam Foods names finance chief\n\nJan 30 (Reuters) - Hallam Foods Plc: \n\n* NAMES ANN COLE AS FINANCE CHIEF\n\n"
    "* EFFECTIVE MARCH 1",
    ("BRIEF-Hallam Foods names finance chief", "2026-01-30", (), "", ""),
    "2026-01-31",
)
case(
    "reuters-lower-byline",
    "HOPES FADE FOR TRAPPED DIVERS\nBy keith grant, Reuters\n\nMANILA, Aug 12 (Reuters) - Hopes faded on Wednesday."
    + MORE,
    ("HOPES FADE FOR TRAPPED DIVERS", "2026-08-12", ("keith grant",), "MANILA", "PH"),
    "2026-08-13",
)
case(
    "reuters-old",
    "ZINC PRICE RISES\n\n    LONDON, March 11 - The zinc price rose by 20 dlrs a tonne, traders said.\n    The rise was the "
    "third this week.\n Reuter\n",
    ("ZINC PRICE RISES", "1987-03-11", (), "LONDON", "GB"),
    "1987-03-11",
)
case(
    "afp-en",
    "Storm cuts power to thousands in Brittany\n\nRennes, France, Jan 14, 2026 (AFP) - A storm cut power to thousands of homes "
    "on Wednesday." + MORE + "\n\nabc/de/fg",
    ("Storm cuts power to thousands in Brittany", "2026-01-14", (), "Rennes, France", "FR"),
)
case(
    "afp-fr",
    "Grève des éboueurs: un accord en vue\n\nPar Lucie FERRAND\n\nMarseille, 8 fév 2026 (AFP) - Un accord était en vue "
    "dimanche, selon la mairie.\n\nLes syndicats se réuniront lundi.",
    ("Grève des éboueurs: un accord en vue", "2026-02-08", ("Lucie FERRAND",), "Marseille", "FR"),
)
case(
    "afp-fr-dotted",
    "Le ministre promet un plan pour le rail\n\nPARIS, 3 déc. 2025 (AFP) — Le ministre a promis mercredi un plan.\n\nIl sera "
    "présenté au printemps.",
    ("Le ministre promet un plan pour le rail", "2025-12-03", (), "PARIS", "FR"),
)
case(
    "afp-es",
    "Hallan restos de un barco en el Caribe\n\nPor Elena Robles\n\nCartagena, Colombia, 21 Ago 2025 (AFP) - Un grupo de buzos "
    "halló restos de un barco.\n\nEl hallazgo fue anunciado el jueves.",
    ("Hallan restos de un barco en el Caribe", "2025-08-21", ("Elena Robles",), "Cartagena, Colombia", "CO"),
)
case(
    "afp-de",
    "Zug rammt Traktor in Bayern\n\nAugsburg, 5. Mai (AFP) - Ein Zug hat am Dienstag einen Traktor gerammt.\n\nVerletzt wurde "
    "niemand.",
    ("Zug rammt Traktor in Bayern", "2026-05-05", (), "Augsburg", "DE"),
    "2026-05-06",
)
case(
    "afp-ar",
    "إغلاق مطار بسبب العاصفة\n\nبيروت، 12-1-2026 (أ ف ب) - أغلقت السلطات المطار بسبب العاصفة.\n\nوقالت السلطات إن المطار سيعاد فتحه غدا.",
    ("إغلاق مطار بسبب العاصفة", "2026-01-12", (), "بيروت", "LB"),
)
case(
    "afp-pt",
    "Chuva forte deixa cidade sem luz\n\nPorto Alegre, Brasil, 2 Mar 2026 (AFP) - Uma chuva forte deixou a cidade sem luz.\n\nA "
    "energia voltou à noite.",
    ("Chuva forte deixa cidade sem luz", "2026-03-02", (), "Porto Alegre, Brasil", "BR"),
)
case(
    "dpa",
    "Brand in Lagerhalle gelöscht\n\nVon Jana Wiebe, dpa\n\nBremen (dpa) - Ein Brand in einer Lagerhalle ist gelöscht. Das "
    "sagte ein Sprecher am Montag.\n\nVerletzt wurde niemand.",
    ("Brand in Lagerhalle gelöscht", "", ("Jana Wiebe",), "Bremen", "DE"),
)
case(
    "dpa-regional",
    "Wolf in Vorort gesichtet\n\nLüneburg (dpa/lni) - Ein Wolf ist in einem Vorort gesichtet worden.\n\nDas Tier sei jung, "
    "hieß es.",
    ("Wolf in Vorort gesichtet", "", (), "Lüneburg", "DE"),
)
case(
    "dpa-joint",
    "Minister streiten über Fangquoten\n\nBerlin/Brüssel (dpa) - Die Minister streiten über Fangquoten.\n\nEin Ergebnis gibt es "
    "nicht.",
    ("Minister streiten über Fangquoten", "", (), "Berlin/Brüssel", "DE"),
)
case(
    "dpa-afx",
    "AKTIE IM FOKUS: Maschinenbauer nach Zahlen gefragt\n\nFRANKFURT (dpa-AFX) - Die Aktien des Maschinenbauers haben am "
    "Dienstag zugelegt.\n\nAnalysten lobten die Zahlen.",
    ("AKTIE IM FOKUS: Maschinenbauer nach Zahlen gefragt", "", (), "FRANKFURT", "DE"),
)
case(
    "apa",
    "Lawine verschüttet Straße in Tirol\n\nInnsbruck (APA) - Eine Lawine hat am Sonntag eine Straße verschüttet.\n\nVerletzt "
    "wurde nach ersten Angaben niemand.",
    ("Lawine verschüttet Straße in Tirol", "", (), "Innsbruck", "AT"),
)
case(
    "apa-joint",
    "Ministerin plant Reform\n\nWien/Graz (APA) – Die Ministerin plant eine Reform.\n\nDie Opposition ist dagegen.",
    ("Ministerin plant Reform", "", (), "Wien/Graz", "AT"),
)
case(
    "sda",
    "Steinschlag sperrt Passstrasse\n\nAltdorf (awp/sda) - Ein Steinschlag hat die Passstrasse gesperrt.\n\nSie bleibt bis Montag "
    "zu.",
    ("Steinschlag sperrt Passstrasse", "", (), "Altdorf", "CH"),
)
case(
    "keystone-ats",
    "Un chalet détruit par le feu à Verbier\n\nSion (Keystone-ATS) - Un chalet a été détruit par le feu samedi.\n\nPersonne n'a "
    "été blessé.",
    ("Un chalet détruit par le feu à Verbier", "", (), "Sion", "CH"),
)
case(
    "belga-fr",
    "Les chemineaux reprennent le travail\n\nBRUXELLES 28/01 (BELGA) = Les cheminots ont repris le travail mercredi.\n\nLe trafic "
    "est normal.",
    ("Les chemineaux reprennent le travail", "2026-01-28", (), "BRUXELLES", "BE"),
    "2026-01-28",
)
case(
    "belga-nl",
    "Brug in Gent blijft dicht\n\nGENT 03/11 (BELGA) = De brug in Gent blijft dicht.\n\nDe werken duren langer.",
    ("Brug in Gent blijft dicht", "2025-11-03", (), "GENT", "BE"),
    "2025-11-04",
)
case(
    "belga-new",
    "Incendie dans un entrepôt\n\n(Belga) Un incendie s'est déclaré dans un entrepôt à Charleroi mardi.\n\nPersonne n'a été "
    "blessé.",
    ("Incendie dans un entrepôt", "", (), "", ""),
)
case(
    "anp",
    "Veerdienst naar Terschelling hervat\n\nHARLINGEN (ANP) - De veerdienst naar Terschelling is hervat.\n\nDat meldde de "
    "rederij dinsdag.",
    ("Veerdienst naar Terschelling hervat", "", (), "HARLINGEN", "NL"),
)
case(
    "ntb",
    "Bro stengt etter ras\n\nBergen (NTB): En bro er stengt etter et ras.\n\nIngen er skadd, opplyser politiet.",
    ("Bro stengt etter ras", "", (), "Bergen", "NO"),
)
case(
    "tt",
    "Isbrytare går på grund\n\nLuleå/TT\n\nEn isbrytare har gått på grund utanför Luleå.\n\nIngen skadades.",
    ("Isbrytare går på grund", "", (), "Luleå", "SE"),
)
case(
    "ritzau",
    "Færge sejler igen efter brand\n\nAalborg, 4. marts (Ritzau) - Færgen sejler igen.\n\nDet oplyser rederiet.",
    ("Færge sejler igen efter brand", "2026-03-04", (), "Aalborg", "DK"),
    "2026-03-05",
)
case(
    "stt",
    "Satama auki jälleen\n\nKOTKA, 12.2.2026 (STT) -- Satama on jälleen auki.\n\nAsiasta kertoi satama.",
    ("Satama auki jälleen", "2026-02-12", (), "KOTKA", "FI"),
)
case(
    "bns",
    "Latvian port reports record grain volumes\n\nRIGA, Feb 3 (LETA--BNS) - The port of Liepaja handled a record volume of grain."
    + MORE,
    ("Latvian port reports record grain volumes", "2026-02-03", (), "RIGA", "LV"),
    "2026-02-04",
)
case(
    "bns-title",
    "Ministras žada naują kelią\n\nVilnius, vasario 3 d. (BNS). Ministras žada naują kelią.\n\nDarbai prasidės pavasarį.",
    ("Ministras žada naują kelią", "2026-02-03", (), "Vilnius", "LT"),
    "2026-02-03",
)
case(
    "pap",
    "Pożar hali w Łodzi\n\nŁódź, 14.01.2026 (PAP) - Strażacy ugasili pożar hali.\n\nNikt nie został ranny.",
    ("Pożar hali w Łodzi", "2026-01-14", (), "Łódź", "PL"),
)
case(
    "ctk",
    "Požár skladu v Ostravě je uhašen\n\nOstrava 14. ledna (ČTK) - Hasiči uhasili požár skladu.\n\nNikdo nebyl zraněn.",
    ("Požár skladu v Ostravě je uhašen", "2026-01-14", (), "Ostrava", "CZ"),
    "2026-01-15",
)
case(
    "mti",
    "Újra járható a híd\n\nGyőr, 2026. január 14., szerda (MTI) - Újra járható a híd.\n\nA munkák befejeződtek.",
    ("Újra járható a híd", "2026-01-14", (), "Győr", "HU"),
)
case(
    "agerpres",
    "Incendiu la un depozit din Cluj\n\nCluj-Napoca, 14 ian /Agerpres/ - Un incendiu a izbucnit la un depozit.\n\nNu sunt victime.",
    ("Incendiu la un depozit din Cluj", "2026-01-14", (), "Cluj-Napoca", "RO"),
    "2026-01-14",
)
case(
    "bta",
    "Snow closes mountain pass\n\nSofia, January 14 (BTA) - Snow closed a mountain pass on Wednesday." + MORE,
    ("Snow closes mountain pass", "2026-01-14", (), "Sofia", "BG"),
    "2026-01-15",
)
case(
    "ansa",
    "Frana sulla statale, traffico deviato\n\n(ANSA) - GENOVA, 14 GEN - Una frana ha interrotto la statale.\n\nNon ci sono "
    "feriti. (ANSA).\n\nXYZ-AB\n14-GEN-26 18:05 NNNN",
    ("Frana sulla statale, traffico deviato", "2026-01-14", (), "GENOVA", "IT"),
    "2026-01-14",
)
case(
    "ansa-comma",
    "Sciopero dei traghetti in Sardegna\n(ANSA) - CAGLIARI, 02 DIC - I traghetti restano fermi.\n\nLo sciopero dura un giorno. "
    "(ANSA).",
    ("Sciopero dei traghetti in Sardegna", "2025-12-02", (), "CAGLIARI", "IT"),
    "2025-12-02",
)
case(
    "adnkronos",
    "Roma, chiusa stazione metro\n\nRoma, 14 gen. (Adnkronos) - La stazione è chiusa per lavori.\n\nRiaprirà lunedì.",
    ("Roma, chiusa stazione metro", "2026-01-14", (), "Roma", "IT"),
    "2026-01-14",
)
case(
    "agi",
    "Terremoto, scossa in Irpinia\n\n(AGI) - Avellino, 14 gen. - Una scossa di terremoto è stata avvertita.\n\nNessun danno.",
    ("Terremoto, scossa in Irpinia", "2026-01-14", (), "Avellino", "IT"),
    "2026-01-14",
)
case(
    "efe",
    "Reabren el puerto tras el temporal\n\nVigo, 14 ene (EFE).- El puerto ha reabierto este miércoles.\n\nLos barcos salieron a "
    "mediodía. EFE",
    ("Reabren el puerto tras el temporal", "2026-01-14", (), "Vigo", "ES"),
    "2026-01-15",
)
case(
    "efe-country",
    "Fuertes lluvias en la costa\n\nGuayaquil (Ecuador), 3 feb (EFE).- Las lluvias dejaron calles inundadas.\n\nNo hay heridos.",
    ("Fuertes lluvias en la costa", "2026-02-03", (), "Guayaquil, Ecuador", "EC"),
    "2026-02-04",
)
case(
    "europa-press",
    "El AVE recupera la normalidad\n\nMADRID, 14 Ene. (EUROPA PRESS) -\n\nEl AVE ha recuperado la normalidad.\n\nLo ha dicho "
    "la empresa.",
    ("El AVE recupera la normalidad", "2026-01-14", (), "MADRID", "ES"),
    "2026-01-14",
)
case(
    "lusa",
    "Incêndio em Viseu dominado\n\nViseu, 14 ago 2025 (Lusa) – O incêndio foi dominado.\n\nNão há feridos.",
    ("Incêndio em Viseu dominado", "2025-08-14", (), "Viseu", "PT"),
)
case(
    "lusa-caps",
    "Governo aprova novo porto\n\nLisboa, 02 Dez (Lusa) - O Governo aprovou um novo porto.\n\nA obra começa em 2027.",
    ("Governo aprova novo porto", "2025-12-02", (), "Lisboa", "PT"),
    "2025-12-03",
)
case(
    "estadao",
    "Safra de café cresce\n\nSão Paulo, 14/01/2026 - A safra de café cresceu, disse a cooperativa.\n\nO preço caiu.",
    ("Safra de café cresce", "2026-01-14", (), "São Paulo", "BR"),
)
case(
    "xinhua-en",
    "Night train links two provinces\n\nKUNMING, Jan. 14 (Xinhua) -- A new night train links two provinces."
    + MORE
    + " Enditem",
    ("Night train links two provinces", "2026-01-14", (), "KUNMING", "CN"),
    "2026-01-15",
)
case(
    "xinhua-by",
    "Feature: Beekeepers of the high plain\n\nby Xinhua writers Liu Fang and Zhou Ke\n\nLHASA, Aug. 2 (Xinhua) -- Beekeepers "
    "moved to the high plain." + MORE,
    ("Feature: Beekeepers of the high plain", "2025-08-02", ("Liu Fang", "Zhou Ke"), "LHASA", "CN"),
    "2025-08-02",
)
case(
    "xinhua-zh",
    "西部铁路新线通车\n\n新华社昆明1月14日电（记者李芳）一条新铁路14日通车。\n\n列车每天开行八趟。",
    ("西部铁路新线通车", "2026-01-14", ("李芳",), "昆明", "CN"),
    "2026-01-14",
)
case(
    "cns-zh",
    "海南香蕉丰收\n\n中新社海口2月3日电 (记者 王明)海南香蕉今年丰收。\n\n价格平稳。",
    ("海南香蕉丰收", "2026-02-03", ("王明",), "海口", "CN"),
    "2026-02-03",
)
case(
    "kyodo-en",
    "Quake shakes northern Japan\n\nSENDAI, Jan. 14, Kyodo - A quake shook northern Japan on Wednesday."
    + MORE
    + "\n\n==Kyodo",
    ("Quake shakes northern Japan", "2026-01-14", (), "SENDAI", "JP"),
    "2026-01-14",
)
case(
    "kyodo-news",
    "Old station reopens as museum\n\nKYODO NEWS - Jan 14, 2026 - 18:05 | All, Japan\n\nNagoya - An old station reopened as a "
    "museum." + MORE,
    ("Old station reopens as museum", "2026-01-14", (), "Nagoya", "JP"),
)
case(
    "jiji-en",
    "Tokyo, Jan. 14 (Jiji Press)--The government will study new ferries, officials said Wednesday." + MORE,
    ("", "2026-01-14", (), "Tokyo", "JP"),
    "2026-01-14",
)
case(
    "kyodo-ja",
    "北海道で大雪、列車運休\n\n【札幌共同】北海道で14日、大雪となり列車が運休した。\n\nけが人はいない。",
    ("北海道で大雪、列車運休", "", (), "札幌", "JP"),
)
case(
    "yonhap-en",
    "Shipyard wins order for ten tankers\n\nBy Kim Tae-soo\n\nBUSAN, Jan. 14 (Yonhap) -- A shipyard won an order for ten tankers."
    + MORE,
    ("Shipyard wins order for ten tankers", "2026-01-14", ("Kim Tae-soo",), "BUSAN", "KR"),
    "2026-01-14",
)
case(
    "yonhap-ko",
    "부산 지하철 운행 재개\n\n(부산=연합뉴스) 김태수 기자 = 부산 지하철 운행이 재개됐다.\n\n부상자는 없다.",
    ("부산 지하철 운행 재개", "", ("김태수",), "부산", "KR"),
)
case(
    "bernama",
    "Durian exports rise\n\nKUALA LUMPUR, Jan 14 (Bernama) -- Durian exports rose last year." + MORE + "\n-- BERNAMA",
    ("Durian exports rise", "2026-01-14", (), "KUALA LUMPUR", "MY"),
    "2026-01-14",
)
case(
    "antara-en",
    "Volcano ash closes airport\n\nKupang, E Nusa Tenggara (ANTARA) - Volcano ash closed an airport on Wednesday."
    + MORE,
    ("Volcano ash closes airport", "", (), "Kupang, E Nusa Tenggara", "ID"),
)
case(
    "antara-id",
    "Jembatan ambruk di Garut\n\nGarut (ANTARA) - Sebuah jembatan ambruk pada Rabu.\n\nTidak ada korban.\n\nPewarta: Budi "
    "Santosa\nEditor: Sari Dewi\nCOPYRIGHT © ANTARA 2026",
    ("Jembatan ambruk di Garut", "2026", ("Budi Santosa",), "Garut", "ID"),
)
case(
    "pti",
    "Bus falls into gorge, 4 hurt\n\nShimla, Jan 14 (PTI) Four people were hurt when a bus fell into a gorge, police said."
    + MORE
    + " PTI ABC DE",
    ("Bus falls into gorge, 4 hurt", "2026-01-14", (), "Shimla", "IN"),
    "2026-01-14",
)
case(
    "ani",
    "State to plant a million trees\n\nBhopal (Madhya Pradesh) [India], January 14 (ANI): The state will plant a million trees."
    + MORE
    + " (ANI)",
    ("State to plant a million trees", "2026-01-14", (), "Bhopal, Madhya Pradesh, India", "IN"),
    "2026-01-14",
)
case(
    "ians",
    "Tiger census begins\n\nBengaluru, Jan 14 (IANS) The tiger census began on Wednesday." + MORE + "\n--IANS\nabc/de",
    ("Tiger census begins", "2026-01-14", (), "Bengaluru", "IN"),
    "2026-01-14",
)
case(
    "indian-paper",
    "Lake to be cleaned by summer\n\nHYDERABAD: The city's largest lake will be cleaned by summer, an official said."
    + MORE,
    ("Lake to be cleaned by summer", "", (), "HYDERABAD", "IN"),
)
case(
    "anadolu",
    "Türkiye opens new tunnel\n\nBy Ayse Demir\n\nANKARA (AA) – A new tunnel opened on Wednesday." + MORE,
    ("Türkiye opens new tunnel", "", ("Ayse Demir",), "ANKARA", "TR"),
)
case(
    "aa-tr",
    "İzmir'de sel\n\nİZMİR (AA) - İzmir'de şiddetli yağış sele neden oldu.\n\nÖlen olmadı.",
    ("İzmir'de sel", "", (), "İZMİR", "TR"),
)
case(
    "tass-en",
    "Icebreaker sets out\n\nMURMANSK, January 14. /TASS/. An icebreaker set out on Wednesday." + MORE,
    ("Icebreaker sets out", "2026-01-14", (), "MURMANSK", "RU"),
    "2026-01-14",
)
case(
    "tass-ru",
    "Ледокол вышел в море\n\nМУРМАНСК, 14 января. /ТАСС/. Ледокол вышел в море.\n\nРейс продлится месяц.",
    ("Ледокол вышел в море", "2026-01-14", (), "МУРМАНСК", "RU"),
    "2026-01-14",
)
case(
    "ria",
    "В Казани открыли мост\n\nКАЗАНЬ, 14 янв - РИА Новости. В Казани открыли мост.\n\nДвижение началось в среду.",
    ("В Казани открыли мост", "2026-01-14", (), "КАЗАНЬ", "RU"),
    "2026-01-14",
)
case(
    "interfax",
    "Завод возобновил работу\n\nМосква. 14 января. INTERFAX.RU - Завод возобновил работу.\n\nПричина остановки неизвестна.",
    ("Завод возобновил работу", "2026-01-14", (), "Москва", "RU"),
    "2026-01-14",
)
case(
    "ukrinform",
    "Grain ships leave Odesa\n\nKYIV. Jan 14 (Interfax-Ukraine) – Three grain ships left Odesa on Wednesday." + MORE,
    ("Grain ships leave Odesa", "2026-01-14", (), "KYIV", "UA"),
    "2026-01-14",
)
case(
    "irna",
    "Iran opens desert solar plant\n\nTehran, Jan 14, IRNA – A solar plant opened in the desert." + MORE,
    ("Iran opens desert solar plant", "2026-01-14", (), "Tehran", "IR"),
    "2026-01-14",
)
case(
    "sana",
    "Bakery reopens in Homs\n\nHoms, SANA- A bakery reopened in Homs." + MORE,
    ("Bakery reopens in Homs", "", (), "Homs", "SY"),
)
case(
    "sana-ar",
    "افتتاح مخبز في حمص\n\nحمص-سانا\n\nافتتح اليوم مخبز جديد في حمص.\n\nويعمل المخبز يوميا.",
    ("افتتاح مخبز في حمص", "", (), "حمص", "SY"),
)
case(
    "cna",
    "Typhoon nears east coast\n\nTaipei, Jan. 14 (CNA) A typhoon neared the east coast on Wednesday." + MORE,
    ("Typhoon nears east coast", "2026-01-14", (), "Taipei", "TW"),
    "2026-01-14",
)
case(
    "cna-zh",
    "颱風逼近東岸\n\n（中央社記者陳大文花蓮14日電）颱風逼近東岸。\n\n漁船已進港。",
    ("颱風逼近東岸", "", ("陳大文",), "花蓮", "TW"),
)
case(
    "aap",
    "Bushfire near Bega under control\n\nBy Kate Lowden\n\nSYDNEY, Jan 14 AAP - A bushfire near Bega was under control."
    + MORE
    + "\n\nAAP kl/ab",
    ("Bushfire near Bega under control", "2026-01-14", ("Kate Lowden",), "SYDNEY", "AU"),
    "2026-01-14",
)
case(
    "nzpa",
    "Sheep block state highway\n\nWellington, Jan 14 NZPA - Sheep blocked a state highway today." + MORE,
    ("Sheep block state highway", "2009-01-14", (), "Wellington", "NZ"),
    "2009-01-14",
)
case(
    "cp",
    "Ice jam lifts in New Brunswick\n\nBy Joan Pelletier\n\nTHE CANADIAN PRESS\n\nFREDERICTON — An ice jam lifted on Tuesday."
    + MORE
    + "\n\nThis report by The Canadian Press was first published Jan. 14, 2026.",
    ("Ice jam lifts in New Brunswick", "2026-01-14", ("Joan Pelletier",), "FREDERICTON", "CA"),
)
case(
    "cp-fr",
    "Le pont rouvre à Gaspé\n\nGASPÉ, Qc — Le pont a rouvert mercredi.\n\nLes travaux sont finis.",
    ("Le pont rouvre à Gaspé", "", (), "GASPÉ, Qc", "CA"),
)
case(
    "cmc",
    "Ferry service resumes\n\nBRIDGETOWN, Barbados, Jan 14, CMC – Ferry service resumed on Wednesday." + MORE,
    ("Ferry service resumes", "2026-01-14", (), "BRIDGETOWN, Barbados", "BB"),
    "2026-01-14",
)
case(
    "gna",
    "Farmers get new dam\n\nBy Kofi Mensah, GNA\n\nTamale, Jan. 14, GNA – Farmers got a new dam." + MORE,
    ("Farmers get new dam", "2026-01-14", ("Kofi Mensah",), "Tamale", "GH"),
    "2026-01-14",
)
case(
    "nan",
    "Market fire in Kano put out\n\nKano, Jan. 14, 2026 (NAN) A market fire was put out on Wednesday."
    + MORE
    + " (NAN)",
    ("Market fire in Kano put out", "2026-01-14", (), "Kano", "NG"),
)
case(
    "aps-sn",
    "Kaolack : un marché rouvre\n\nKaolack, 14 jan (APS) – Le marché a rouvert mercredi.\n\nLes commerçants sont contents.",
    ("Kaolack : un marché rouvre", "2026-01-14", (), "Kaolack", "SN"),
    "2026-01-14",
)
case(
    "map",
    "Neige: des routes rouvertes\n\nIfrane - Des routes ont été rouvertes mercredi, selon les autorités.\n\nLa neige fond.",
    ("Neige: des routes rouvertes", "", (), "Ifrane", "MA"),
)
case(
    "sanews",
    "Dam levels rise\n\nCape Town - Dam levels rose last week, the city said." + MORE + " - SAnews.gov.za",
    ("Dam levels rise", "", (), "Cape Town", "ZA"),
)
case(
    "prnewswire",
    "Larkfield Robotics Opens Second Plant\n\nNews provided by\n\nLarkfield Robotics\n\nJan 14, 2026, 08:00 ET\n\nAUSTIN, Texas, "
    "Jan. 14, 2026 /PRNewswire/ -- Larkfield Robotics today opened a second plant."
    + MORE
    + "\n\nSOURCE Larkfield Robotics",
    ("Larkfield Robotics Opens Second Plant", "2026-01-14", (), "AUSTIN, Texas", "US"),
)
case(
    "businesswire",
    "Corvane Names Head of Sales\n\nWALTHAM, Mass.--(BUSINESS WIRE)--Corvane today named a head of sales." + MORE,
    ("Corvane Names Head of Sales", "", (), "WALTHAM, Mass.", "US"),
)
case(
    "globenewswire",
    "Brinvik Reports Drill Results\n\nVANCOUVER, British Columbia, Jan. 14, 2026 (GLOBE NEWSWIRE) -- Brinvik reported drill "
    "results." + MORE,
    ("Brinvik Reports Drill Results", "2026-01-14", (), "VANCOUVER, British Columbia", "CA"),
)
case(
    "marketwired",
    "Ostler Energy Announces Dividend\n\nCALGARY, ALBERTA--(Marketwired - Jan. 14, 2016) - Ostler Energy announced a dividend."
    + MORE,
    ("Ostler Energy Announces Dividend", "2016-01-14", (), "CALGARY, ALBERTA", "CA"),
)
case(
    "ots",
    "Nordhafen AG eröffnet Terminal\n\nHamburg (ots) - Die Nordhafen AG hat ein Terminal eröffnet.\n\nEs kostete 20 Millionen "
    "Euro.\n\nPressekontakt:\n\nNordhafen AG\nTelefon: 040 1234",
    ("Nordhafen AG eröffnet Terminal", "", (), "Hamburg", "DE"),
)
case(
    "eqs",
    "Testa Holding AG: Vorstand verlängert Vertrag\n\nEQS-News: Testa Holding AG / Schlagwort(e): Personalie\n\nZürich, 14. "
    "Januar 2026 – Die Testa Holding AG verlängert den Vertrag.\n\nDas teilte sie mit.",
    ("Testa Holding AG: Vorstand verlängert Vertrag", "2026-01-14", (), "Zürich", "CH"),
)
case(
    "asianet",
    "Media Release PR12345\n\nHarbour Fair Opens in Shenzhen\n\nSHENZHEN, China, Jan. 14, 2026 /Xinhua-AsiaNet/ --\n\nA harbour "
    "fair opened in Shenzhen.\n\nIt lasts a week.\n\nSOURCE: Harbour Fair",
    ("Harbour Fair Opens in Shenzhen", "2026-01-14", (), "SHENZHEN, China", "CN"),
)
case(
    "numeric-dotted",
    "Hidden well found under square\n\nPRAHA 14.1. (ČTK) - Dělníci našli pod náměstím studnu.\n\nJe z doby gotické.",
    ("Hidden well found under square", "2026-01-14", (), "PRAHA", "CZ"),
    "2026-01-15",
)
case(
    "hina",
    "Trajekt ponovno plovi\n\nSPLIT, 14. siječnja 2026. (Hina) - Trajekt ponovno plovi.\n\nVjetar je oslabio.",
    ("Trajekt ponovno plovi", "2026-01-14", (), "SPLIT", "HR"),
)
case(
    "sta",
    "Na Krasu gori\n\nKoper, 14. januarja (STA) - Na Krasu gori.\n\nGasilci so na terenu.",
    ("Na Krasu gori", "2026-01-14", (), "Koper", "SI"),
    "2026-01-14",
)
case(
    "tanjug",
    "Novi most u Nišu\n\nNIŠ, 14. januara /Tanjug/ - Otvoren je novi most.\n\nGradnja je trajala dve godine.",
    ("Novi most u Nišu", "2026-01-14", (), "NIŠ", "RS"),
    "2026-01-14",
)
case(
    "thai",
    "Flood waters recede\n\nBANGKOK, Jan 14 (TNA) - Flood waters receded on Wednesday." + MORE,
    ("Flood waters recede", "2026-01-14", (), "BANGKOK", "TH"),
    "2026-01-14",
)
case(
    "vna",
    "Coffee festival opens\n\nDak Lak (VNA) – A coffee festival opened on Wednesday." + MORE,
    ("Coffee festival opens", "", (), "Dak Lak", ""),
)
case(
    "pna",
    "Boats back at sea\n\nBy Liza Ramos\n\nILOILO CITY – Boats went back to sea on Wednesday." + MORE + " (PNA)",
    ("Boats back at sea", "", ("Liza Ramos",), "ILOILO CITY", "PH"),
)
case(
    "prensa-latina",
    "Inicia cosecha de tabaco\n\nLa Habana, 14 ene (Prensa Latina) La cosecha de tabaco comenzó hoy.\n\nSe esperan buenos "
    "resultados.",
    ("Inicia cosecha de tabaco", "2026-01-14", (), "La Habana", "CU"),
    "2026-01-14",
)
case(
    "telam",
    "Reabre la ruta 40\n\nBariloche, 14 de enero (Télam).- La ruta 40 reabrió este miércoles.\n\nHay nieve en la banquina.",
    ("Reabre la ruta 40", "2026-01-14", (), "Bariloche", "AR"),
    "2026-01-14",
)
case(
    "notimex",
    "Arranca feria del libro\n\nGuadalajara, 14 Ene (Notimex).- La feria del libro arrancó.\n\nHabrá 300 autores.",
    ("Arranca feria del libro", "2026-01-14", (), "Guadalajara", "MX"),
    "2026-01-14",
)
case(
    "athens-greek",
    "Ανοίγει ξανά το λιμάνι\n\nΠΕΙΡΑΙΑΣ, 14 Ιανουαρίου 2026 (ΑΠΕ-ΜΠΕ) - Το λιμάνι ανοίγει ξανά.\n\nΟ άνεμος κόπασε.",
    ("Ανοίγει ξανά το λιμάνι", "2026-01-14", (), "ΠΕΙΡΑΙΑΣ", "GR"),
)
case(
    "paper-byline-date",
    "Council votes to keep library open\n\nBy Helen Marsh\nJanuary 14, 2026\n\nPORTLAND, Maine — The council voted to keep the "
    "library open." + MORE,
    ("Council votes to keep library open", "2026-01-14", ("Helen Marsh",), "PORTLAND, Maine", "US"),
)
case(
    "upi",
    "Rare coin found in attic\n\nBy ED STONE, United Press International\n\nCLEVELAND, Jan. 14 (UPI) -- A rare coin was found in "
    "an attic." + MORE,
    ("Rare coin found in attic", "1994-01-14", ("ED STONE",), "CLEVELAND", "US"),
    "1994-01-14",
)
case(
    "bloomberg",
    "Tin Rises to Record\n\nBy Carla Voss and Ben Oduya\n\nJan. 14 (Bloomberg) -- Tin rose to a record in London."
    + MORE,
    ("Tin Rises to Record", "2026-01-14", ("Carla Voss", "Ben Oduya"), "", ""),
    "2026-01-14",
)


for _name, _line, _truth in (
    ("montsame", "Ulaanbaatar /MONTSAME/. A ship sank.", ("", "Ulaanbaatar", "MN")),
    ("trend", "BAKU, Azerbaijan, January 14. A ship sank.", ("2026-01-14", "BAKU, Azerbaijan", "AZ")),
    ("armenpress", "YEREVAN, JANUARY 14, ARMENPRESS. A ship sank.", ("2026-01-14", "YEREVAN", "AM")),
    ("interpressnews", "Tbilisi. 14 January. INTERPRESSNEWS. A ship sank.", ("2026-01-14", "Tbilisi", "GE")),
    ("jis", "KINGSTON, Jamaica, Jan. 14, JIS – A ship sank.", ("2026-01-14", "KINGSTON, Jamaica", "JM")),
    ("stt-line", "Helsinki, STT\n\nLaiva upposi.", ("", "Helsinki", "FI")),
    ("alger", "ALGER - Un bateau a coulé.", ("", "ALGER", "DZ")),
    ("apro", "CIUDAD DE MÉXICO (apro).- Un barco se hundió.", ("", "CIUDAD DE MÉXICO", "MX")),
    ("qna", "DOHA, Jan 14 (QNA) - A ship sank.", ("2026-01-14", "DOHA", "QA")),
    ("wam", "ABU DHABI, 14th January, 2026 (WAM) -- A ship sank.", ("2026-01-14", "ABU DHABI", "AE")),
    ("apo", "LAGOS, Nigeria, January 14, 2026/APO Group/ -- A ship sank.", ("2026-01-14", "LAGOS, Nigeria", "NG")),
    ("belta", "МИНСК, 14 января. /Корр. БЕЛТА/. Корабль затонул.", ("2026-01-14", "МИНСК", "BY")),
    ("newsis", "[서울=뉴시스] 배가 침몰했다.", ("", "서울", "KR")),
    ("hindi", "नई दिल्ली, 14 जनवरी (भाषा) एक जहाज डूब गया।", ("2026-01-14", "नई दिल्ली", "IN")),
    ("hebrew", "ירושלים (רויטרס) - אונייה טבעה.", ("", "ירושלים", "IL")),
    ("no-dateline", "The treaty was signed in London, May 14. Nobody came.", ("", "", "")),
):
    case(_name, f"Ship sinks\n\n{_line}{MORE}", ("Ship sinks", _truth[0], (), _truth[1], _truth[2]), "2026-01-15")


def read(name: str) -> Article:
    """Read a case as ingest would."""
    ending, date, text, _ = CASES[name]
    (draft,) = read_stream(io.BytesIO(text.encode()), f"story.{ending}")
    modified = datetime.fromisoformat(date + "T12:00:00+00:00").timestamp() if date else None
    article = resolve_draft(draft, Context(path=f"story.{ending}", now=NOW, modified=modified))  # type: ignore[arg-type]
    assert isinstance(article, Article)
    return article


def seen(article: Article, dated: bool) -> Truth:
    """An article in the terms of the table; a date that nobody stated counts only where the table has one."""
    place = article.location
    day = article.published.value[:10] if article.published else ""
    return (
        article.headline,
        day if dated else "",
        tuple(person.name for person in article.byline),
        place.raw if place else "",
        (place.country or "") if place else "",
    )


MISSED = {
    "kyodo-news": "a stamp with the agency's name and a clock above the dateline",
    "map": "a small town in upper and lower case with nothing but a dash",
}
"""Cases that are known to be read wrongly, with what is hard about them."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=pytest.mark.xfail(reason=MISSED[n], strict=True)) if n in MISSED else n for n in CASES],
)
def test_reads_as_a_person_does(name: str) -> None:
    truth = CASES[name][3]
    assert seen(read(name), bool(truth[1])) == truth

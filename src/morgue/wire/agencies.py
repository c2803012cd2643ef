"""News agencies and wires: how datelines and credits name them, and the desks that their systems fill in for a place."""

from __future__ import annotations

import re
from functools import lru_cache

from morgue.wire.names import fold

_KNOWN = """
AP;Associated Press;The Associated Press;APNewsAlert;AP Photo;Reuters;Reuter;Thomson Reuters Foundation;
Thomson Reuters;AFP;Agence France-Presse;AFP-Jiji;dpa;dpa-AFX;dpa-infocom;Deutsche Presse-Agentur;dapd;ddp;sid;epd;KNA;
AFX;UPI;United Press International;INS;CP;The Canadian Press;Canadian Press;La Presse Canadienne;PA;PA Media;PA Wire;
Press Association;The Press Association;AAP;NZPA;NZN;NZ Newswire;BusinessDesk;Gracenote;Kyodo;Kyodo News;Jiji;Jiji Press;
Yonhap;KCNA;Xinhua;Xinhuanet;CNA;Focus Taiwan;CNS;PTI;ANI;IANS;UNI;PTI Bhasha;APP;BSS;UNB;Bernama;Antara;VNA;TTXVN;MNA;
TNA;PNA;TASS;ITAR-TASS;Itar-Tass;RIA Novosti;Interfax;Interfax-Ukraine;Ukrinform;BelTA;Kazinform;AZERTAC;Trend;APA;
APA-OTS;OTS;ots;ats;sda;SDA-ATS;Keystone-SDA;awp;awp international;ANSA;AGI;Adnkronos;askanews;LaPresse;Italpress;Nova;EFE;
Europa Press;EP;Notimex;Telam;Télam;Andina;Prensa Latina;ABI;Agência Brasil;Lusa;Agência Estado;Folhapress;
ANP;Novum;Belga;TT;NTB;Ritzau;STT;FNB;BNS;LETA;ELTA;PAP;CTK;ČTK;TASR;SITA;MTI;Agerpres;Mediafax;BTA;Tanjug;Beta;FoNet;
HINA;STA;SRNA;FENA;MIA;Makfax;ATA;AMNA;ANA-MPA;ANA;Anadolu;Anadolu Agency;AA;DHA;IHA;WAM;SPA;QNA;KUNA;BNA;ONA;Petra;
NNA;SANA;INA;MENA;MAP;TAP;APS;LANA;SUNA;IRNA;ISNA;Fars;Tasnim;Mehr;Mehr News;WAFA;Ma'an;JTA;NAN;GNA;KNA;ENA;SAPA;African News Agency;
PANA;APO;PRNewswire;PR Newswire;PRNewswire-AsiaNet;PRNewswire-USNewswire;PRNewswire-FirstCall;PRNewswire-PRWeb;PRNewswire UK;
Business Wire;BUSINESSWIRE;GlobeNewswire;Globe Newswire;Marketwired;Marketwire;Market Wire;CNW;CNW Telbec;Canada NewsWire;
Newsfile Corp;Newsfile;ACCESSWIRE;ACCESS Newswire;EINPresswire;EIN Presswire;AsiaNet;JCN Newswire;PRWeb;Send2Press;
news aktuell;Media OutReach Newswire;Media OutReach;UzDaily.com;presseportal;U.S. Newswire;Ascribe;EurekAlert;Comtex;Bloomberg;Bloomberg News;Dow Jones;Dow Jones Newswires;MarketWatch;
CNN;CNN Wire;CNN Indonesia;CNN Business;Fox News;NBC News;CBS News;ABC News;BBC;BBC News;ESPN;KOMPAS.com;TEMPO.CO;
Tribune News Service;TNS;tca;MCT;KRT;McClatchy;New York Times News Service;NYT;Washington Post;The Washington Post;
Los Angeles Times;LA Times;Chicago Tribune;Scripps Howard;Cox News Service;Hearst;Gannett;States Newsroom;Stacker;
Religion News Service;RNS;Catholic News Agency;Catholic News Service;Vatican News;Inter Press Service;IPS;
Thomson Financial;Nikkei;AllAfrica;Capital FM;The Conversation;Kaiser Health News;KFF Health News;RFE/RL;VOA;VOA News;DW;
RFI;Deutsche Welle;Radio Free Asia;RFA;Nampa;Fana;New Ziana;ZIANA;MAP;Faktisk.no;ADDB;Newsroom;Agencies;Agence;Agencias;
agenzie;Agenturen;agences;Wire Services;News Agencies;Staff;
РИА Новости;ТАСС;ИТАР-ТАСС;Интерфакс;ИНТЕРФАКС;INTERFAX.RU;Интерфакс-Украина;Укринформ;Укрінформ;УНИАН;УНІАН;УНН;REGNUM;Прайм;
БелТА;Росбалт;Рейтер;Коммерсантъ;Лента.ру;ΑΠΕ-ΜΠΕ;ΑΠΕ;БТА;Танјуг;
أ ف ب;ا ف ب;أ.ف.ب;أف ب;رويترز;أ ب;د ب أ;د.ب.أ;واس;وام;قنا;كونا;بنا;بترا;سانا;سبأ;وفا;أ ش أ;أ.ش.أ;الأناضول;شينخوا;سبوتنيك;
الشرق الأوسط;القدس العربي;العربية;الجزيرة;سي إن إن;CNN بالعربية;وكالات;الوكالات;
ایرنا;ایسنا;فارس;تسنیم;مهر;भाषा;वार्ता;एएनआई;आईएएनएस;एजेंसी;
新华社;新華社;新华网;中新社;中新网;中央社;中國新聞社;路透社;路透;法新社;美联社;美聯社;共同社;共同;時事;时事;ロイター;ＡＦＰ;聯合報;人民网;
央视;德新社;塔斯社;聯合早報;ＡＰ;ブルームバーグ;연합뉴스;뉴시스;뉴스1;뉴스핌;로이터;신화;교도;AFP=시사
"""

# Places that an agency's system writes into `located` when nobody says otherwise; they count for nothing there.
DESKS = {
    "reuters": frozenset({"bangalore", "bengaluru"}),
    "ap": frozenset({"new york"}),
}

_SPLIT = re.compile(r"[\s/,&+=·|-]+")
# What bare capitals after a place mean only when they stand in brackets or before a dash, not as a word of a name.
_AMBIGUOUS = frozenset({"trend", "nova", "beta", "mia", "map", "tap", "ana", "ina", "ata", "sita", "sta", "mehr", "fars",
    "nan", "staff", "agence", "newsroom", "pa", "ep", "ins", "uni", "app", "ats", "ots", "sid", "abi", "aa", "cp", "apa",
    "mna", "tna", "pna", "cna", "gna", "ena", "kna", "bna", "ona", "qna", "spa", "wam", "aps", "nna", "agencies", "stt",
    "fana", "petra", "مهر", "فارس"})  # fmt: skip


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {fold(name): name for name in _KNOWN.replace("\n", "").split(";") if name}


@lru_cache(maxsize=1)
def spellings() -> frozenset[str]:
    """Return the agencies' names as they spell them."""
    return frozenset(_KNOWN.replace("\n", "").split(";"))


@lru_cache(maxsize=4096)
def known(text: str) -> bool:
    """Return whether a text in brackets or slashes is an agency, or holds one beside initials ("dpa/lni", "ats afp")."""
    if len(text) > 60:
        return False
    names = _names()
    if fold(text) in names:
        return True
    parts = [part for part in _SPLIT.split(text) if part]
    return 1 < len(parts) <= 4 and any(fold(part) in names for part in parts)


@lru_cache(maxsize=4096)
def bare(text: str) -> bool:
    """Return whether words without brackets (`AFP`, `Reuter`, `РИА Новости`) are surely an agency."""
    key = fold(text)
    return key in _names() and key not in _AMBIGUOUS and (not text.isascii() or not text.islower() or key == "dpa")


def organisation(text: str) -> bool:
    """Return whether a text is the name of an agency or wire, whole."""
    return fold(text) in _names()


def is_desk(source: str, city: str) -> bool:
    """Return whether a city in a structured field is only the desk that an agency's system fills in."""
    key = fold(source)
    return any(fold(city) in cities for agency, cities in DESKS.items() if agency == key or agency in key.split())

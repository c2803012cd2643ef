# ruff: noqa: E501 - copy is kept in lines as it reads
"""The words of those sample articles that are not kept as plain files: documents, transmissions, archives."""

from __future__ import annotations

PRESS_DOCX = (
    ("Title", "Six Electric Cranes for Kilindini: What Changes at Berth 21"),
    ("Subtitle", "Background for editors"),
    ("Normal", "By Brian Otieno"),
    ("Normal", "May 20, 2026"),
    (
        "Normal",
        "MOMBASA, Kenya — The cranes that Kilindini Terminals ordered this week will stand where coffee was loaded by "
        "hand until 1974, and where, the terminal says, it will be loaded by nobody from 2027.",
    ),
    ("Heading1", "Fewer trucks"),
    (
        "Normal",
        "A container lane for coffee and tea will take some 400 trucks a day off the causeway. Drivers’ unions fear for "
        "the food stalls that feed them.",
    ),
    ("Heading1", "More gravity"),
    (
        "Normal",
        "Each crane gives power back to the grid when it lowers a box. The port’s engineers call this “renting gravity”. "
        "A strike over the new rosters was called off in April.",
    ),
)

DRAFT_DOCX = (
    ("Title", "Draft: the watchman’s drum"),
    ("Normal", "By Sajid Baloch"),
    (
        "Normal",
        "GILGIT, Pakistan — The drum that woke four villages hangs on a nail in Sher Afzal’s new house, which is the old "
        "house of his brother.",
    ),
    (
        "Normal",
        "It is three weeks since the dam of rock and ice burst above the valley. Of the 30 people missing in the flood, "
        "eleven have been found alive, at weddings, in prison and in one case in Canada.",
    ),
    ("Normal", "He has been asked to play it on television. He would rather have a road."),
)

REPORT_PDF = (
    (18, "Karvat Dam Inquiry: Summary for the Press"),
    (11, "Pune, 18 July 2023"),
    (
        11,
        "The inquiry into the failure of the Karvat dam finds that engineers warned the irrigation board four times "
        "between October and June that water was seeping through the foundation.",
    ),
    (
        11,
        "A repair was budgeted and twice put off. On the night of the failure 214 millimetres of rain fell. The spillway "
        "gates opened as designed. The foundation did not hold.",
    ),
    (
        11,
        "The inquiry recommends that instruments in every dam of the state be read by two persons, of whom one must "
        "not be employed by the owner.",
    ),
)

FLYER_PDF = (
    (20, "Rail Staff Call Two-Day Strike"),
    (11, "PRESS RELEASE - FOR IMMEDIATE RELEASE"),
    (11, "1 February 2023"),
    (
        11,
        "LEEDS, England - Signal workers and train crews will strike on Thursday and Friday over night shifts, their "
        "union said today. No trains are expected to run north of the Humber after 10:30 p.m.",
    ),
    (11, "Contact: press@signalworkers.example"),
)

ANPA_CUP = (
    "z4401",
    "r s",
    "BC-SOC--Atlantic Cup-Final 1stLd-Writethru",
    "06-28 0440",
    (
        "BC-SOC--Atlantic Cup-Final, 1st Ld-Writethru,212",
        "Uruguay beats Cape Verde in extra time to win Atlantic Cup",
        "AP Photo CAS101, CAS102",
        "Eds: Uruguay 2, Cape Verde 1. UPDATES with quotes. With AP Photos.",
    ),
    ("By FACUNDO ERRO", "AP Sports Writer"),
    (
        "CASABLANCA, Morocco (AP) _ A corner in the 118th minute gave Uruguay a 2-1 victory over Cape Verde in the final "
        "of the Atlantic Cup on Sunday and a goalkeeper a ride on a door.",
        "Nahuel Brizuela, who had beaten Ghana in a shootout with his left foot, was carried around the field on it by "
        "supporters who had brought it, they said, for that purpose.",
        "``We were 11 against a wave,'' Cape Verde coach Djamila Lopes said. Her country of 600,000 people had never "
        "before played in the final of a football cup.",
        "___",
        "Youssef Alami in Rabat contributed to this report.",
    ),
    "AP-WF-06-28-26 2348GMT",
)

ANPA_LAUNCH = (
    "a0317",
    "u n",
    "BC-US--Space-Petrel",
    "11-19 0160",
    ("BC-US--Space-Petrel,160", "Boat in danger zone halts launch of new rocket"),
    ("By DEBRA QUILLEN", "AP Aerospace Writer"),
    (
        "CAPE CANAVERAL, Fla. (AP) _ The first launch of the Petrel-2 rocket was called off with 41 seconds on the clock "
        "Tuesday because two men in a boat were fishing where pieces of it might have come down.",
        "The men had no radio. A Coast Guard officer who reached them after an hour said they had caught ``a good deal.''",
        "The company will try again Thursday, launch director Imre Sandor said.",
    ),
    "AP-WF-11-19-24 1912GMT",
)

IPTC_STREIK = (
    "abd0117 4 pl 212  dpa 0311",
    "Verkehr/Bahn/Streik/",
    "Bahn und Lokführer verhandeln wieder - Streik endet am Mittag =",
    (
        "Berlin (dpa) - Nach dem zweitägigen Streik der Lokführer wollen\r\n"
        "Bahn und Gewerkschaft am Donnerstag wieder verhandeln. Das teilten\r\n"
        "beide Seiten am Mittwoch mit.",
        "Die Züge sollen vom Abend an wieder nach Plan fahren. In den Häfen\r\n"
        "werde es bis zum Wochenende dauern, den Rückstau bei Kaffee, Kakao\r\n"
        "und Stahl abzubauen, hieß es.",
    ),
    "dpa hv yydd n1 sb",
    "091130 Mrz 16",
)

IPTC_MINE = (
    "ecc0044 4 i 148  dpa 0207",
    "Japan-Korea/History/",
    "Divers to return to flooded mine off Japan in spring\r\nBy Lena Marquardt, dpa =",
    (
        "Tokyo (dpa) - Volunteer divers will return in April to an undersea\r\n"
        "coal mine off western Japan to search for the remains of Korean\r\n"
        "forced labourers, their group said Tuesday.",
        "The Okinose mine flooded in February 1942. Of the 183 men who died,\r\n"
        "132 had been brought from the Korean Peninsula.",
    ),
    "dpa lm js",
    "031020 GMT Feb 26",
)

WARC_PAGES = (
    (
        "https://harbour-gazette.example/2024/11/21/rocket-insurance",
        "2024-11-23T04:10:05Z",
        "Who insures a rocket against two men fishing?",
        "2024-11-21T07:00:00Z",
        "Bashir Dunne",
        (
            "HULL, England — The launch that two anglers stopped on Tuesday cost $340,000 in wasted oxygen, and nobody "
            "will pay.",
            "Insurers at the port in which the world’s ships are watched from kitchens say that a rocket is a ship with "
            "a short voyage. The boat, they note, was there first.",
        ),
    ),
    (
        "https://harbour-gazette.example/2024/11/22/library-theft-maps",
        "2024-11-23T04:10:09Z",
        "Map thief of 2001 opens a frame shop",
        "2024-11-22T07:00:00Z",
        "Ruth Sandler",
        (
            "BOSTON — Everett Lanham, who served four years for cutting colonial charts out of library books with wet "
            "string, frames other people’s maps now. He asks where they come from.",
            "“Stolen things hang crooked,” he says. Of the eleven charts named at his trial nine are back in their "
            "boxes, which have since been weighed weekly.",
        ),
    ),
)

WARC_FIRE = (
    (
        "https://coastal-courier.example/2025/08/20/goats-firebreak",
        "2025-08-21T01:00:00Z",
        "Goats hired as firebreak",
        "2025-08-20T12:00:00+01:00",
        "Duarte Pacheco",
        (
            "FUNDÃO, Portugal — Two hundred goats began on Wednesday to eat a strip between a village and the next "
            "wildfire, at four euros a day each.",
            "A goat leaves nothing a flame would want. The shepherd, Albertina Marques, has asked for night rates.",
        ),
    ),
)

GZIPPED = """Vaccine fridges run on kiosk's ice

KISUMU, Kenya, July 4, 2022 (Northwire) - A kiosk that sells ice to fishermen has kept 2,000 doses of malaria vaccine cold
for nine days after a flood cut the power to a clinic on Lake Victoria.

"Fish first, then vaccine, then beer," the owner, Pamela Adhiambo, explained her shelves. The clinic has offered her a
certificate. She has asked for a fridge.
"""

ZIPPED = (
    (
        "2003/07/30/radio-host.txt",
        """Radio host apologizes to parrot
By R. K. D'Souza

WASHINGTON (Northwire) - A radio host who had read a listener's e-mail address on air apologized on Wednesday to the
listener, to the listener's mother and to a parrot whose complaint, it turned out, had been in earnest.

AT&T said that the 10:30 p.m. show would go on.

Copyright 2003 Northwire
""",
    ),
    (
        "2003/07/31/parrot.json",
        """{"id": "zip-parrot-2", "headline": "Parrot declines comment", "datePublished": "2003-07-31", "byline": "By R. K. """
        """D'Souza", "source": "Northwire", "language": "en", "body": "The parrot had nothing to add."}
""",
    ),
)

TARRED = (
    (
        "cup/2026-06-06-opening.md",
        """---
title: Morocco open Atlantic Cup with a draw
date: 2026-06-06
author: Ndeye Faye
---

CASABLANCA, Morocco — Hosts Morocco drew 0-0 with Norway on Saturday in the first game of the Atlantic Cup, in front of
67,000 people and one piano, which a choir had left on the touchline.

Football's lawmakers say that a ball which strikes a piano is in play.
""",
    ),
    (
        "cup/2026-06-07-piano.md",
        """---
title: Piano removed
date: 2026-06-07
author: Ndeye Faye
---

The piano has been removed. It took nine men and, for a while, a tenth.
""",
    ),
)

BZIPPED = (
    """{"id": "bz-1", "headline": "Merged bank keeps both Christmas parties", "datePublished": "2018-12-14", """
    """"byline": "By Mette Falk", "source": "Northwire", "language": "en", "body": "Nordhaven and Caldera, merged """
    """since April, will hold two parties, because the unions' agreement of 2017 says so and the lawyers found """
    """nothing about one of them being smaller."}
"""
)

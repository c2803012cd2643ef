"""States and provinces as datelines name and abbreviate them, and the cities that AP prints alone."""

from __future__ import annotations

from functools import cache

from morgue.wire.names import fold

# AP's abbreviations, the older ones, postal codes; the eight that are never abbreviated are in full.
_US = """
Alabama,Ala,AL;Alaska,AK;Arizona,Ariz,AZ;Arkansas,Ark,AR;California,Calif,Cal,CA;Colorado,Colo,CO;
Connecticut,Conn,CT;Delaware,Del,DE;Florida,Fla,FL;Georgia,Ga,GA;Hawaii,HI;Idaho,ID,Ida;Illinois,Ill,Ills,IL;
Indiana,Ind,IN;Iowa,IA,Ia;Kansas,Kan,Kans,Kas,KS;Kentucky,Ky,KY;Louisiana,La,LA;Maine,ME,Me;Maryland,Md,MD;
Massachusetts,Mass,MA;Michigan,Mich,MI;Minnesota,Minn,MN;Mississippi,Miss,MS;Missouri,Mo,MO;Montana,Mont,MT;
Nebraska,Neb,Nebr,NE;Nevada,Nev,NV;New Hampshire,N.H.,NH;New Jersey,N.J.,NJ;New Mexico,N.M.,N. Mex,NM;
New York,N.Y.,NY;New York State;North Carolina,N.C.,NC;North Dakota,N.D.,N. Dak,ND;Ohio,OH,O;Oklahoma,Okla,OK;
Oregon,Ore,Oreg,OR;Pennsylvania,Pa,Penn,Penna,PA;Rhode Island,R.I.,RI;South Carolina,S.C.,SC;
South Dakota,S.D.,S. Dak,SD;Tennessee,Tenn,TN;Texas,Tex,TX;Utah,UT;Vermont,Vt,VT;Virginia,Va,VA;
Washington,Wash,WA;Washington State;West Virginia,W.Va.,W. Va,WVa,WV;Wisconsin,Wis,Wisc,WI;Wyoming,Wyo,WY;
D.C.,DC,District of Columbia;Puerto Rico,P.R.,PR;Guam;U.S. Virgin Islands;American Samoa
"""
_CA = """
Alberta,Alta,AB;British Columbia,B.C.,BC;Manitoba,Man,MB;New Brunswick,N.B.,NB;Newfoundland,Nfld,NL,N.L.;
Newfoundland and Labrador;Labrador;Nova Scotia,N.S.,NS;Ontario,Ont,ON;Prince Edward Island,P.E.I.,PEI,PE;
Quebec,Que,QC,P.Q.;Saskatchewan,Sask,SK;Yukon,YT;Northwest Territories,N.W.T.,NWT;Nunavut,NU
"""
_AU = """
New South Wales,NSW,N.S.W.;Victoria,Vic;Queensland,Qld;South Australia,S.A.;Western Australia,W.A.;Tasmania,Tas;
Northern Territory;Australian Capital Territory,ACT
"""
# Other first-level divisions that wires put after a town, under their country.
_OTHERS = {
    "GB": "England,Eng;Scotland;Wales;Northern Ireland,N. Ireland;Isle of Wight;Cornwall;Kent;Surrey;Essex",
    "CH": "ZH;BE;LU;UR;SZ;OW;NW;GL;ZG;FR;SO;BS;BL;SH;AR;AI;SG;GR;AG;TG;TI;VD;VS;NE;GE;JU",
    "DE": "Bavaria,Bayern;Saxony,Sachsen;Hesse,Hessen;Brandenburg;Thuringia;Lower Saxony;Nordrhein-Westfalen,NRW;"
    "Niedersachsen;Baden-Württemberg;Rheinland-Pfalz;Schleswig-Holstein;Mecklenburg-Vorpommern;Sachsen-Anhalt",
    "AT": "Tirol,Tyrol;Steiermark;Kärnten;Vorarlberg;Niederösterreich;Oberösterreich;Burgenland",
    "IN": "Maharashtra;Gujarat;Kerala;Tamil Nadu;Karnataka;Punjab;Uttar Pradesh;Bihar;Rajasthan;Assam;Odisha;"
    "Haryana;Telangana;Andhra Pradesh;Madhya Pradesh;West Bengal;Jharkhand;Manipur;Goa;Chhattisgarh;Himachal Pradesh",
    "CN": "Sichuan;Guangdong;Hubei;Hunan;Yunnan;Xinjiang;Tibet;Inner Mongolia;Zhejiang;Jiangsu;Fujian;Hainan;"
    "Shandong;Shaanxi;Shanxi;Henan;Hebei;Guizhou;Gansu;Qinghai;Ningxia;Guangxi;Liaoning;Jilin;Heilongjiang;Anhui;Jiangxi",
    "BR": "SP;RJ;MG;RS;Bahia;Parana;Ceara;Pernambuco",
    "MX": "Jalisco;Sinaloa;Sonora;Chihuahua;Oaxaca;Chiapas;Veracruz;Guerrero;Michoacan;Nuevo Leon;Tamaulipas;Yucatan",
    "ES": "Canary Islands;Catalonia;Andalusia;Balearic Islands;Basque Country",
    "IT": "Sicily;Sardinia;Tuscany;Lombardy",
    "FR": "Corsica;Brittany;Normandy",
    "GR": "Crete;Rhodes;Lesbos;Corfu",
    "ID": "Java;Bali;Sumatra;West Java;Central Java;East Java;Aceh;West Papua",
    "RU": "Siberia;Chechnya;Dagestan;Crimea;Tatarstan",
    "ZA": "Western Cape;Eastern Cape;Gauteng;KwaZulu-Natal;Limpopo",
    "IQ": "Kurdistan;Iraqi Kurdistan",
    "PS": "West Bank;Gaza Strip",
    "SY": "Golan Heights",
    "CY": "Northern Cyprus",
    "PH": "Mindanao;Luzon",
    "MY": "Sabah;Sarawak;Selangor",
    "PK": "Sindh;Balochistan;Khyber Pakhtunkhwa",
}

_ALONE = {
    "US": "Atlanta;Baltimore;Boston;Chicago;Cincinnati;Cleveland;Dallas;Denver;Detroit;Honolulu;Houston;Indianapolis;"
    "Las Vegas;Los Angeles;Miami;Milwaukee;Minneapolis;New Orleans;New York;Oklahoma City;Philadelphia;Phoenix;"
    "Pittsburgh;St. Louis;Salt Lake City;San Antonio;San Diego;San Francisco;Seattle;Washington",
    "NL": "Amsterdam;The Hague", "IQ": "Baghdad", "TH": "Bangkok", "CN": "Beijing;Shanghai;Guangzhou", "LB": "Beirut",
    "DE": "Berlin;Frankfurt;Munich;Hamburg",
    "BE": "Brussels", "EG": "Cairo", "DJ": "Djibouti", "IE": "Dublin",
    "CH": "Geneva;Zurich", "GI": "Gibraltar", "GT": "Guatemala City", "CU": "Havana", "FI": "Helsinki",
    "HK": "Hong Kong", "PK": "Islamabad", "TR": "Istanbul", "IL": "Jerusalem", "ZA": "Johannesburg",
    "KW": "Kuwait City",
    "GB": "London", "LU": "Luxembourg", "MO": "Macau", "ES": "Madrid", "MX": "Mexico City", "IT": "Milan;Rome",
    "MC": "Monaco", "CA": "Montreal;Ottawa;Quebec City;Toronto;Vancouver", "RU": "Moscow;St. Petersburg",
    "IN": "New Delhi;Mumbai", "PA": "Panama City", "FR": "Paris", "CZ": "Prague", "BR": "Rio de Janeiro;Sao Paulo",
    "SV": "San Salvador", "SG": "Singapore", "SE": "Stockholm", "AU": "Sydney", "JP": "Tokyo",
    "TN": "Tunis",
    "VA": "Vatican City", "AT": "Vienna",
}  # fmt: skip

# Datelines that name no town of a country.
NOWHERE = frozenset({"united nations", "undated", "internet", "online"})


def _spread(text: str, country: str) -> dict[str, str]:
    return {fold(name): country for group in text.replace("\n", "").split(";") for name in group.split(",") if name}


@cache
def _states() -> dict[str, str]:
    return _spread(_CA, "CA") | _spread(_AU, "AU") | _spread(_US, "US")


@cache
def _divisions() -> dict[str, str]:
    return {key: code for code, text in _OTHERS.items() for key in _spread(text, code)}


@cache
def alone() -> dict[str, str]:
    """Return the cities that AP prints without a state or country, folded, with their countries."""
    return {key: code for code, text in _ALONE.items() for key in _spread(text, code)}


def state_country(name: str) -> str | None:
    """Return the country of a state, province or Australian state, abbreviated or not ("Mass." -> "US")."""
    return _states().get(fold(name))


def division_country(name: str) -> str | None:
    """Return the country of another known division ("Sichuan" -> "CN", "GR" behind a Swiss town -> "CH")."""
    return _divisions().get(fold(name))

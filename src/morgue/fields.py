"""The fields of an article: one declaration each, from which every room takes what it needs to know of them.

To add a field, add it here, to `Article` and `Draft` (model.py) and to `Record` (json_types.py); the tests of
these modules say what is missing. What follows from the table: keys of the JSON record, aliases of keys in what is
read, fields of queries in every syntax, what is indexed word by word, columns, facets, completion, and what `show`
prints below the text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from morgue.runtime.frozen import record

# Raised when an index made before can no longer answer as one made now would; `morgue repair --rebuild` upgrades it.
SCHEMA_VERSION = 2

Kind = Literal["text", "value", "date", "number", "none"]
Shape = Literal["text", "date", "person", "place", "list", "other", "none"]
Syntax = Literal["lexis", "factiva", "lucene", "whoosh"]


@record(kw_only=True)
class Field:
    """A field of an article. Lists are words of one text, parted by spaces.

    Attributes:
        name: as the query tree, columns and provenance call it.
        kind: what a query compares: words of `text`, a whole `value`, a range of a `date` or `number`; `none` when
            queries cannot name it.
        shape: what the attribute of `Article` and of the record holds; `none` when there is no such attribute.
        attribute: of `Article`, where it is not the name.
        query: names in queries; the first is printed in canonical queries.
        keys: keys of the JSON record, in the order they are printed. late_keys: printed after the keys of all fields.
        claims: list of `Draft` that takes what a source states; "" for none.
        aliases: keys and paths in JSON, CSV and front matter, best first. foreign: such names in other languages than
            English, after them. single: takes one claim from a record.
        first_claim: the first claim is believed as it is, without being weighed against the text.
        sidecar: a sidecar may set it.
        words: number of the field among those indexed word by word beside the text, from 1, in the order of the
            dictionary in a segment: part of the file format; 0 for none.
        column: `value`: exact values, for filters and facets; `date`: three number columns (first and last second
            covered, and whether they are local time); `number`: one; "" for none.
        facet: can be counted by. offered: completion offers its values after any of its names in `offered`.
        elsewhere: how a hint calls the field when a word is in no text but there; "" for no hint.
        label: heading of the line below the text in `show`, or "".
        explained: `parse --explain` lists it.
        lexis, factiva, lucene, whoosh: names in those query languages: the first is written (`-` for one that cannot
            be written), all are read. Lucene's and Whoosh's language know the names in `query`, too.
    """

    name: str
    kind: Kind = "none"
    shape: Shape = "text"
    attribute: str = ""
    query: str = ""
    keys: str = ""
    late_keys: str = ""
    claims: str = ""
    aliases: str = ""
    foreign: str = ""
    single: bool = False
    first_claim: bool = False
    sidecar: bool = False
    words: int = 0
    column: Literal["", "value", "date", "number"] = ""
    facet: bool = False
    offered: str = ""
    elsewhere: str = ""
    label: str = ""
    explained: bool = False
    lexis: str = ""
    factiva: str = ""
    lucene: str = ""
    whoosh: str = ""


# In the order in which a record's keys are printed. Query names are those of LexisNexis segments, Factiva tags, the AP
# Media API and ninjs; aliases those of content systems and news APIs (IPTC ninjs, schema.org, NewsAPI, the Guardian's
# and AP's APIs, WordPress, Hugo), compared without case, `_`, `-` and spaces.
FIELDS = (
    Field(name="text", kind="text", shape="none", query="text any anywhere", whoosh="content"),
    Field(
        name="id", kind="value", shape="text", query="id guid itemid", keys="id", claims="ids", single=True,
        sidecar=True, factiva="an", lucene="guid itemid",
        aliases="id guid uri uuid docid docno articleid itemid altids.itemid identifier urn newsid contentitemid "
        "newscompid storiesid documentid storeid accessionnumber accessionno",
    ),
    Field(
        name="headline", kind="text", query="headline hl title hd", keys="headline", claims="headline", single=True,
        sidecar=True, lexis="HEADLINE", factiva="hd hl", lucene="headline headline_extended",
        aliases="headline title headlines[role=main].value headlines[].value headlines webtitle fields.headline hl "
        "heading hed name articletitle newstitle newsheadline headlinetext posttitle header.text booktitle "
        "titlepage titlerss",
        foreign="titel titre titulo titolo überschrift schlagzeile titular manchete kop rubrik tittel overskrift "
        "otsikko fyrirsögn tytuł nagłówek titulek nadpis název titulok cím titlu заглавие заголовок название назва "
        "загаловак naslov наслов pavadinimas antraštė virsraksts pealkiri başlık haberbaşlığı τίτλος العنوان عنوان "
        "عنوانالخبر تیتر כותרת शीर्षक শিরোনাম 标题 標題 题目 題目 题名 題名 新闻标题 文章标题 タイトル 見出し 件名 "
        "記事タイトル 제목 기사제목 judul judulberita judulartikel tajuk tiêuđề หัวข้อ หัวข้อข่าว ชื่อเรื่อง พาดหัว "
        "pamagat títol",
    ),
    Field(name="lead", kind="text", shape="none", query="lead lp", lexis="LEAD highlight", factiva="lp",
          lucene="description_text"),
    Field(name="hlead", kind="text", shape="none", query="hlead hlp", lexis="HLEAD", factiva="hlp"),
    Field(
        name="published", kind="date", shape="date", query="date pd published", keys="date date_precision",
        late_keys="date_raw", claims="published", column="date", factiva="- pd", lucene="firstcreated firstpublished",
        aliases="datepublished datepublish published publishedat publishedon publisheddate publishingdate "
        "publicationdatetime pubdate publishdate publicationdate datetimepub date datetime firstpublished "
        "firstpublicationdate firstcreated created createdat datecreated webpublicationdate issued createddatetime "
        "publishdatetime publisheddatetime articledate newsdate posteddate dateposted postdate publishedtime "
        "publishtime publicationtime timepublished publishedutc issuedate releasedate unixtimestamp timestamp "
        "versioncreated time seendate",
        foreign="datum fecha veröffentlicht veröffentlichungsdatum erscheinungsdatum datedepublication "
        "datedeparution publiéle fechadepublicación fechapublicación fechapublicado publicado data datadepublicação "
        "datapublicação publicadoem datadipubblicazione datapubblicazione publicatiedatum publiceringsdatum "
        "publicerad dato publisert publiseringsdato publiceret udgivelsesdato päivämäärä pvm julkaistu "
        "julkaisupäivä dagsetning datapublikacji datumvydání dátum megjelenés datapublicării дата датапубликации "
        "датаивремя опубликовано датапублікації датум datumobjave datums kuupäev tarih yayıntarihi yayımtarihi "
        "habertarihi ημερομηνία التاريخ تاريخ تاريخالنشر تاریخ تاریخانتشار תאריך दिनांक तारीख তারিখ 日期 时间 時間 "
        "发布时间 發布時間 发布日期 發布日期 發佈日期 發佈時間 出版日期 刊登日期 发表时间 发表日期 报道时间 日付 "
        "日時 掲載日 公開日 発行日 配信日 掲載日時 公開日時 날짜 일자 작성일 게재일 발행일 등록일 기사일자 tanggal "
        "tanggalterbit tanggalpublikasi waktu tarikh ngày ngàyđăng ngàyxuấtbản วันที่ วันที่เผยแพร่ petsa",
    ),
    Field(
        name="byline", kind="text", shape="person", query="byline by author", keys="byline", claims="byline",
        sidecar=True, words=1, column="value", facet=True, offered="by byline", elsewhere="in bylines",
        lexis="BYLINE author", factiva="by", lucene="byline bylines bylines.by",
        aliases="byline by author authors bylines[].by bylines creator creators credits.by[].name writer writers "
        "reporter reporters journalist journalists fields.byline tags[type=contributor].webtitle "
        "_embedded.author[].name authorname authorsname authorfullname contactname influencer bookauthor "
        "authorsbyline postauthor articleauthor",
        foreign="autor autorin autoren auteur auteurs autore autori autores verfasser journaliste periodista "
        "jornalista giornalista schrijver författare skribent forfatter kirjoittaja toimittaja tekijä höfundur "
        "autorzy dziennikarz autoři szerző автор авторы автори журналист аутор autorius autors yazar muhabir "
        "συγγραφέας συντάκτης الكاتب كاتب المؤلف المحرر نویسنده خبرنگار כותב כתב מחבר लेखक संवाददाता 作者 记者 記者 "
        "撰稿 撰稿人 署名 著者 筆者 執筆者 記者名 기자 기자명 작성자 저자 글쓴이 penulis wartawan tácgiả phóngviên "
        "ผู้เขียน ผู้แต่ง maykatha",
    ),
    Field(
        name="location", kind="text", shape="place", query="location dateline filed located place city",
        keys="location city", claims="places", sidecar=True, words=3, column="value",
        facet=True, offered="location dateline", elsewhere="as a place", lexis="DATELINE geographic", factiva="- re",
        lucene="place located place.name dateline",
        aliases="located datelinelocation locationcreated location city town filedfrom contentlocation",
        foreign="ort lieu lugar luogo plaats plats sted paikka paikkakunta miejsce místo място mjesto место місце "
        "τόπος المكان مكان مکان 地点 地點 場所 장소 lokasi ville ciudad cidade città miasto město город місто şehir "
        "المدينة 城市 都市 도시 kota thànhphố",
    ),
    Field(name="dateline", shape="none", claims="dateline", aliases="dateline placeline"),
    Field(name="region", kind="value", shape="none", query="region state", keys="region", column="value", facet=True,
          aliases="region state province", foreign="bundesland región região regione область provinsi eyalet"),
    Field(name="country", kind="value", shape="none", query="country", keys="country", column="value", facet=True,
          offered="country", aliases="country countrycode countryname",
          foreign="land pays país paese maa kraj země krajina ország țară страна країна ülke χώρα البلد الدولة "
          "کشور 国家 國家 国 국가 negara quốcgia"),
    Field(
        name="source", kind="text", query="source sn publication agency", keys="source", claims="source", single=True,
        sidecar=True, words=4, column="value", facet=True, offered="source", elsewhere="as a source",
        lexis="PUBLICATION", factiva="sn rst", lucene="source",
        aliases="source publicationtitle pubtitle sourcetitle journaltitle containertitle "
        "publisher agency provider publication newspaper outlet sitename site organization "
        "organisation sourcehostname metasitename medianame outletname sourcename namesource publicationname "
        "newssource newspapername fields.publication yoast_head_json.og_site_name thread.site firstsource "
        "source.domain domain sourcedomain domainurl hostname cleanurl mediaurl sourceurl origin",
        foreign="quelle zeitung publikation herausgeber journal média éditeur fuente medio periódico diario fonte "
        "jornal veículo testata giornale bron krant källa tidning kilde avis lähde lehti źródło gazeta zdroj forrás "
        "sursa ziar източник izvor извор источник издание сми газета джерело видання kaynak gazete πηγή εφημερίδα "
        "المصدر مصدر الصحيفة منبع روزنامه מקור स्रोत 来源 來源 媒体 媒體 报纸 報紙 报刊 出处 出處 新闻来源 媒体名称 "
        "媒体名 新聞 新聞名 出典 情報源 発行元 掲載紙 紙名 언론사 매체 매체명 출처 신문사 sumber koran nguồn "
        "แหล่งที่มา สำนักข่าว",
    ),
    Field(
        name="body", kind="text", query="body td", keys="body", lexis="BODY text", factiva="td",
        lucene="body_html body_text",
        aliases="body bodytext bodyhtml bodyxhtml articlehtml articlebody articlebodyhtml maintext fulltext text "
        "content contenthtml contenttext bodies[].value bodies contents story storytext article paragraphs "
        "plaintext articletext newstext articlecontent fullcontent cleantext cleanedtext ctext contenten "
        "textcontent document newsarticle newscontent fullarticle completetext postcontent posttext "
        "main highlight fields.body fields.bodytext html leadparagraph abstract abstractnote summary description "
        "snippet excerpt openingtext hitsentence selection standfirst teaser highlights shortdescription "
        "fields.trailtext",
        foreign="inhalt volltext artikeltext texte contenu corps textecomplet texteintégral texto contenido cuerpo "
        "textocompleto noticia conteúdo corpo notícia matéria testo contenuto testocompleto tekst inhoud artikel "
        "innehåll brödtext innhold brødtekst indhold teksti sisältö leipäteksti texti treść obsah szöveg tartalom "
        "conținut текст съдържание tekstas teksts sadržaj садржај содержание содержимое полныйтекст текстстатьи "
        "текстновости зміст повнийтекст metin içerik haber habermetni haberiçeriği κείμενο περιεχόμενο النص نص "
        "المحتوى محتوى الخبر نصالخبر متن متنخبر محتوا תוכן טקסט सामग्री पाठ 正文 内容 內容 全文 文章内容 文章內容 "
        "新闻内容 文本 本文 記事 記事本文 テキスト 본문 내용 기사 기사본문 기사내용 isi isiberita isiartikel konten "
        "teks kandungan nộidung เนื้อหา เนื้อข่าว nilalaman zusammenfassung vorspann résumé chapô chapeau resumen "
        "entradilla resumo sommario riassunto samenvatting sammanfattning ingress sammendrag manchet tiivistelmä "
        "ingressi streszczenie perex anotace összefoglaló аннотация описание лид анонс краткоесодержание опис "
        "анотація özet ملخص الملخص خلاصه 摘要 简介 导语 概要 要約 요약 ringkasan tómtắt",
    ),
    Field(
        name="updated", kind="date", shape="date", query="updated upd", keys="updated",
        late_keys="updated_precision updated_raw", claims="updated", column="date", label="Updated", factiva="- upd",
        lucene="versioncreated",
        aliases="datemodified datemodify updated updatedat modified modifiedat lastmod lastmodified dateupdated "
        "updateddate lastupdated modifieddate versioncreated",
        foreign="aktualisiert geändert misàjour actualizado modificado atualizado aggiornato bijgewerkt uppdaterad "
        "oppdatert opdateret päivitetty zaktualizowano обновлено оновлено güncelleme güncellenme 更新时间 更新時間 "
        "更新日 更新日時 수정일 diperbarui",
    ),
    Field(
        name="crawled", shape="none",
        aliases="crawled crawledat crawldate datedownload downloaddate scrapedat scrapeddate crawltime fetchdate "
        "fetchedat retrieved retrievedat indexeddate timeadded saveddate savedat highlightedat",
    ),
    Field(
        name="embargo", shape="date", keys="embargo", late_keys="embargo_precision embargo_raw", claims="embargo",
        column="date", label="Embargo",
        aliases="embargo embargoed embargoeduntil embargountil embargodate embargotime",
    ),
    Field(name="byline_raw", keys="byline_raw"),
    Field(name="credits", shape="none", keys="credits"),
    Field(
        name="contributor", attribute="contributors", kind="text", shape="person",
        query="contributor contrib contributors", keys="contributors", claims="contributors", words=2, column="value",
        facet=True, offered="contributor", elsewhere="among contributors", aliases="contributors contributor",
    ),
    Field(name="other_locations", shape="other", keys="other_locations"),
    Field(
        name="slug", kind="text", query="slug slugline", keys="slug", claims="slug", single=True, first_claim=True,
        sidecar=True, words=5, elsewhere="in slugs", label="Slug", explained=True, lucene="slugline",
        aliases="slug slugline",
    ),
    Field(
        name="section", kind="text", query="section desk", keys="section", claims="section", single=True,
        first_claim=True, sidecar=True, words=8, column="value", facet=True, offered="section",
        elsewhere="among sections", label="Section", explained=True, lexis="SECTION", factiva="- se",
        aliases="section sectionname sections desk newsdesk department rubric thread.sectiontitle articlesection",
        foreign="rubrique ressort rubriek rubrik sección seção editoria caderno sezione avdelning seksjon sektion "
        "osasto dział rubrika рубрика раздел розділ bölüm القسم 栏目 欄目 版块 섹션 kanal chuyênmục",
    ),
    Field(
        name="page", kind="value", query="page pg", keys="page", claims="page", single=True, first_claim=True,
        sidecar=True, column="value", label="Page", explained=True, factiva="- pg",
        aliases="page pages pagenumber printpage startpage firstpage pageno",
        foreign="seite página pagina sida side sivu strona strana страница полоса сторінка sayfa الصفحة 版面 版次 "
        "ページ 掲載面 지면 halaman",
    ),
    Field(
        name="edition", kind="text", query="edition issue", keys="edition", claims="edition", single=True,
        first_claim=True, sidecar=True, words=9, column="value", label="Edition", explained=True, factiva="- ed",
        aliases="edition issue issuenumber printedition",
        foreign="ausgabe édition edición edição edizione editie utgåva utgave wydanie vydání выпуск випуск baskı "
        "العدد 期号 edisi",
    ),
    Field(
        name="sender", kind="text", query="sender from", keys="sender", claims="sender", single=True,
        first_claim=True, sidecar=True, words=10, column="value", facet=True, elsewhere="among senders",
        label="Sender", explained=True, aliases="sender",
    ),
    Field(
        name="keywords", kind="text", shape="list", query="keywords keyword kw subject tag tags", keys="keywords",
        claims="keywords", sidecar=True, words=6, column="value", facet=True, elsewhere="among keywords",
        label="Keywords", lexis="TERMS term subject", factiva="- ns in co", lucene="subject.name service.name",
        aliases="keywords keyword tags[type=keyword].webtitle _embedded.wp:term[].name tags topics topic "
        "categories category labels documenttags subjects subjectterms manualtags automatictags identifierkeywords",
        foreign="schlagwörter schlagworte stichwörter kategorie motsclés catégorie thème palabrasclave etiquetas "
        "categoría tema palavraschave categoria parolechiave trefwoorden categorie nyckelord ämnesord kategori "
        "nøkkelord emneord nøgleord avainsanat asiasanat słowakluczowe tagi kategoria klíčováslova kulcsszavak "
        "ключевыеслова теги метки категория тема ключовіслова категорія anahtarkelimeler etiketler الكلماتالمفتاحية "
        "كلماتمفتاحية التصنيف کلیدواژه 关键词 關鍵詞 关键字 關鍵字 标签 標籤 分类 分類 类别 類別 キーワード タグ "
        "カテゴリ カテゴリー 키워드 태그 카테고리 분류 katakunci từkhóa",
    ),
    Field(
        name="language", kind="value", query="language lang la", keys="language", claims="language", single=True,
        first_claim=True, sidecar=True, column="value", facet=True, offered="language", label="Language",
        explained=True, factiva="la", lucene="language",
        aliases="language lang inlanguage locale metalang humanlanguage languagecode languageofpublication",
        foreign="sprache langue idioma lingua taal språk sprog kieli język jazyk nyelv limba език jezik язык мова "
        "dil γλώσσα اللغة لغة زبان שפה भाषा 语言 語言 言語 언어 bahasa ngônngữ",
    ),
    Field(name="url", keys="url", claims="url", single=True, first_claim=True, sidecar=True, label="URL",
          aliases="url articleurl canonicalurl canonicallink canonical link weburl permalink href originalurl "
          "origurl pageurl postlink links.permalink documenturl plink",
          foreign="lien enlace länk lenke linkki odkaz adres ссылка посилання bağlantı الرابط رابط لینک 链接 鏈接 "
          "连结 網址 网址 リンク 링크 주소 tautan đườngdẫn"),
    Field(name="rights", keys="rights", claims="rights", single=True, first_claim=True, sidecar=True, label="Rights",
          aliases="rights copyright copyrightnotice copyrightline rightsnotice license licence"),
    Field(
        name="status", kind="value", query="status pubstatus", keys="status", claims="status", single=True,
        sidecar=True, column="value", facet=True, explained=True, lucene="pubstatus", aliases="status pubstatus",
    ),
    Field(name="version", keys="version", claims="version", single=True, sidecar=True, label="Version", explained=True,
          aliases="version revision"),
    Field(
        name="note", kind="text", query="note ednote", keys="note", claims="note", sidecar=True, words=7, label="Note",
        lexis="- correction", factiva="- cx", lucene="ednote", aliases="ednote editornote editorsnote note",
    ),
    Field(name="words", kind="number", shape="none", query="words wc length wordcount", keys="words", column="number",
          factiva="- wc", lucene="wordcount"),
    Field(name="subheads", shape="other", keys="subheads"),
    Field(name="furniture", shape="other", keys="furniture"),
    Field(name="provenance", shape="other", keys="provenance"),
    Field(name="remarks", shape="other", keys="remarks"),
    Field(name="extra", shape="other", keys="extra"),
    Field(name="origin", shape="other", keys="origin"),
    Field(name="format", kind="value", shape="none", query="format", column="value", facet=True),
    Field(name="path", kind="value", shape="none", query="path file", column="value", facet=True),
    Field(name="ingested", kind="date", shape="none", query="ingested loaded", column="date"),
    Field(name="country_how", shape="none", late_keys="country_how"),
    Field(name="digest", shape="none", column="number"),
)  # fmt: skip

# Parts of the publication date that can be counted by.
PERIODS = ("year", "month", "day")


def names(wanted: Callable[[Field], object]) -> tuple[str, ...]:
    """Return the names of the fields for which `wanted` is true, in the order of the table."""
    return tuple([field.name for field in FIELDS if wanted(field)])


VALUE_FACETS = names(lambda field: field.facet)
FACETS = (*VALUE_FACETS, *PERIODS)


def word_fields() -> tuple[str, ...]:
    """Return the names of the fields that are indexed word by word beside the text, in the order of the file format."""
    found = [field for field in FIELDS if field.words]
    return tuple([field.name for field in sorted(found, key=lambda field: field.words)])


def record_keys() -> tuple[str, ...]:
    """Return the keys of every JSON record, in the order they are printed."""
    early = " ".join([field.keys for field in FIELDS])
    late = " ".join([field.late_keys for field in FIELDS])
    return (*early.split(), *late.split())


def written_in(syntax: Syntax) -> dict[str, str]:
    """Return field name -> what a query language calls it, for the fields that it can name."""
    tags = {field.name: getattr(field, syntax).split() for field in FIELDS}
    return {name: tag[0] for name, tag in tags.items() if tag and tag[0] != "-"}


def read_in(syntax: Syntax) -> dict[str, str]:
    """Return name in a query language, lower case -> field name."""
    return {tag.lower(): field.name for field in FIELDS for tag in getattr(field, syntax).split() if tag != "-"}

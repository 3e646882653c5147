"""How an act stands: one invented sentence a construction; the act is the word between asterisks."""

from __future__ import annotations

import pytest

from reportedly.code.standing import Standing, factuality, stand

A, F, H, P, B = "actual", "future", "hypothetical", "historical", "habitual"

# sentence, aspect, polarity, certainty (None: any of them)
PLAIN = [
    ("Rebels *attacked* the convoy near Kadugli.", A, "affirmed", "certain"),
    ("The army has *shelled* the town for three days.", A, "affirmed", "certain"),
    ("Police said gunmen *killed* two guards.", A, "affirmed", "certain"),
    ("The ministry says troops are *leaving* the valley.", A, "affirmed", "certain"),
    ("Gunmen carried out an *attack* on the base.", A, "affirmed", "certain"),
    ("The *attack* killed nine people.", A, "affirmed", "certain"),
    ("Three soldiers died in the *attack*.", A, "affirmed", "certain"),
    ("The rebels managed to *seize* the bridge.", A, "affirmed", "certain"),
    ("The army began *shelling* the town.", A, "affirmed", "certain"),
    ("The shelling forced thousands to *flee*.", A, "affirmed", "certain"),
    ("The cabinet decided to *expel* the envoy.", A, "affirmed", "certain"),
    ("The mayor announced a decision to *evacuate* the staff.", A, "affirmed", "certain"),
    ("The general regretted *bombing* the village.", A, "affirmed", "certain"),
    ("Police broke up a *protest* in the capital.", A, "affirmed", "certain"),
    ("The minister condemned the *attack*.", A, "affirmed", "certain"),
    ("Drones *launched* by rebels hit the airport.", A, "affirmed", "certain"),
    ("The rebels *attacked* the post before they left.", A, "affirmed", "certain"),
    ("The rebels attacked and *burned* the post.", A, "affirmed", "certain"),
]
PLAIN += [
    ("The army rejected a *demand* by the rebels.", A, "affirmed", "certain"),
    ("The envoy urged them to stop the *shelling*.", A, "affirmed", "certain"),
    ("The group claimed to have *shot* down a drone.", A, "affirmed", "certain"),
    ("The soldiers had to *leave* the village.", A, "affirmed", "certain"),
]
NEGATED = [
    ("Rebels did not *attack* the convoy.", A, "negated", "certain"),
    ("The army has never *shelled* the town.", A, "negated", "certain"),
    ("The rebels failed to *seize* the bridge.", A, "negated", "certain"),
    ("The government refused to *negotiate* with the rebels.", A, "negated", "certain"),
    ("The general stopped short of *accusing* the neighbours.", A, "negated", "certain"),
    ("The patrol left without *firing* a shot.", A, "negated", "certain"),
    ("No civilians were *killed* in the raid.", A, "negated", "certain"),
    ("Nobody was *killed* in the raid.", A, "negated", "certain"),
    ("There was no *attack* on the convoy.", A, "negated", "certain"),
    ("Police prevented the crowd from *storming* the court.", A, "negated", "certain"),
    ("The president called off the *strikes*.", A, "negated", "certain"),
    ("Guards foiled an *attack* on the station.", A, "negated", "certain"),
    ("The two sides were on the verge of a *deal*.", A, "negated", "certain"),
    ("The minister neither attacked nor *praised* the plan.", A, "negated", "certain"),
    ("The cabinet agreed not to *expel* the envoy.", F, "negated", None),
    ("The union says it will not *accept* the offer.", F, "negated", "certain"),
    ("The soldiers could not *reach* the village.", A, "negated", "certain"),
]
NEGATED += [
    ("There is no evidence that the army *shelled* the town.", A, "negated", "probable"),
    ("It is not true that the army *shelled* the town.", A, "negated", "certain"),
    ("The army no longer *holds* the town.", A, "negated", "certain"),
    ("The police have yet to *arrest* anyone.", A, "negated", "certain"),
    ("Neither the army nor the rebels *shelled* the town.", A, "negated", "certain"),
]
DENIED = [
    ("The army denied *shelling* the town.", A, "denied", "certain"),
    ("The army denied that it *shelled* the town.", A, "denied", "certain"),
    ("The army rejected claims that it *shelled* the town.", A, "denied", "certain"),
    ("The ministry dismissed reports that soldiers *fired* on the crowd.", A, "denied", "certain"),
    ("The company denied any *involvement*.", A, "denied", "certain"),
    ("The clan denied charges it *burned* the market.", A, "denied", "certain"),
]
NOT_YET = [
    ("The army will *attack* the town on Monday.", F, "affirmed", "certain"),
    ("The president is to *meet* the rebels.", F, "affirmed", "certain"),
    ("The troops are going to *leave* the valley.", F, "affirmed", "certain"),
    ("The two leaders are scheduled to *meet* in May.", F, "affirmed", "certain"),
    ("The minister said he would *resign*.", F, "affirmed", "certain"),
    ("The rebels planned to *attack* the base.", F, "affirmed", None),
    ("The envoy is expected to *visit* the camp.", F, "affirmed", None),
    ("The rebels promised to *release* the hostages.", F, "affirmed", None),
    ("*Talks* will begin on Monday.", F, "affirmed", "certain"),
    ("The envoy welcomed a planned *withdrawal*.", F, "affirmed", None),
]
NOT_YET += [
    ("They agreed on *talks* to be held in May.", F, "affirmed", None),
    ("They signed a deal to *free* the prisoners.", F, "affirmed", "certain"),
]
UNREAL = [
    ("The envoy called for a *ceasefire*.", H, "affirmed", "possible"),
    ("The envoy urged the army to *withdraw*.", H, "affirmed", "possible"),
    ("Lawmakers demanded that the general *resign*.", H, "affirmed", "possible"),
    ("He told the militias to *prepare* for war.", H, "affirmed", "possible"),
    ("The general wants the troops to *leave*.", H, "affirmed", "possible"),
    ("Officials fear an *attack* on the capital.", H, "affirmed", "possible"),
    ("Diplomats are trying to banish the spectre of *clashes*.", H, "affirmed", "possible"),
    ("Residents voiced fears that the army would *attack*.", H, "affirmed", "possible"),
    ("The rebels offered to *free* the hostages.", H, "affirmed", "possible"),
    ("The rebels threatened to *bomb* the dam.", H, "affirmed", "possible"),
    ("If the army *attacks*, the talks will end.", H, "affirmed", "possible"),
    ("The army will *attack* unless the rebels leave.", H, "affirmed", "possible"),
    ("The ban should stay until the troops are *withdrawn*.", H, "affirmed", "possible"),
    ("Did the army *attack* the town?", H, "affirmed", "possible"),
    ("The army used force to *clear* the square.", H, "affirmed", "possible"),
    ("The country stands ready to *support* the talks.", H, "affirmed", "possible"),
    ("Both sides hope the swap could lead to *talks*.", H, "affirmed", "possible"),
    ("The governor should *release* the prisoners.", H, "affirmed", "possible"),
    ("The region might *become* a battlefield.", H, "affirmed", "possible"),
    ("They discussed the possibility of a *withdrawal*.", H, "affirmed", "possible"),
    ("Lawmakers passed a resolution calling for the *suspension* of aid.", H, "affirmed", "possible"),
    ("The commander tried to *force* him to resign.", H, "affirmed", "possible"),
    ("He warned of an *attack* on the port.", H, "affirmed", "possible"),
]
NOT_YET += [
    ("The *withdrawal* of troops is set to begin in May.", F, "affirmed", "certain"),
    ("The leaders are *meeting* in Geneva next week.", F, "affirmed", "certain"),
]
UNREAL += [
    ("The general refused to rule out military *action*.", H, "affirmed", "possible"),
    ("There is no reason to *attack* the town.", H, None, "possible"),
    ("The law made it a crime to *blockade* a clinic.", H, "affirmed", "possible"),
    ("The police are not aware of any *attack*.", H, None, "possible"),
]
HEDGED = [
    ("The ships were reportedly *sabotaged* off the coast.", A, "affirmed", "probable"),
    ("Two officers are believed to have *shot* the man.", A, "affirmed", "probable"),
    ("Investigators think that rebels *attacked* the convoy.", A, "affirmed", "probable"),
    ("The group is accused of *bombing* the market.", A, "affirmed", "probable"),
    ("The blast may have been *caused* by a leak.", A, "affirmed", "possible"),
    ("The jets were reported to have *fired* missiles.", A, "affirmed", "probable"),
    ("It is possible that rebels *attacked* the convoy.", A, "affirmed", "possible"),
    ("The rebels are unlikely to *attack* the town.", None, "negated", "probable"),
    ("Police arrested him over an alleged *attack* on the mayor.", A, "affirmed", "probable"),
]
BACKGROUND = [
    ("The two countries *fought* a month-long war in 2006.", P, "affirmed", "certain"),
    ("The group *bombed* the port two decades ago.", P, "affirmed", "certain"),
    ("The two sides had been *holding* talks.", P, "affirmed", "certain"),
    ("The mayor regretted previous mass *protests*.", P, "affirmed", "certain"),
    (
        "It has *bombed* shipments intended for the militia several times since the war began in 2011.",
        P,
        "affirmed",
        "certain",
    ),
    ("The commander *meets* militia leaders regularly.", B, "affirmed", "certain"),
    ("The army *patrols* the border every day.", B, "affirmed", "certain"),
]
EVERYTHING = [*PLAIN, *NEGATED, *DENIED, *NOT_YET, *UNREAL, *HEDGED, *BACKGROUND]


def standing_in(nlp, marked: str, **known) -> Standing:
    start = marked.index("*")
    doc = nlp(marked.replace("*", ""))
    token = next(t for t in doc if t.idx + len(t) > start)
    return stand(token, **known)


@pytest.mark.parametrize(("marked", "aspect", "polarity", "certainty"), EVERYTHING, ids=[row[0] for row in EVERYTHING])
def test_an_act_stands_as_its_sentence_says(nlp, marked, aspect, polarity, certainty):
    standing = standing_in(nlp, marked)
    assert (aspect or standing.aspect, polarity or standing.polarity, certainty or standing.certainty) == (
        standing.aspect,
        standing.polarity,
        standing.certainty,
    ), standing.because


def test_a_denial_above_denies_what_the_syntax_leaves_open(nlp):
    sentence = "It *shelled* the town."
    assert standing_in(nlp, sentence).polarity == "affirmed"
    assert standing_in(nlp, sentence, kind_above="deny").polarity == "denied"


def test_a_fear_above_makes_hypothetical_but_not_what_is_presupposed(nlp):
    assert standing_in(nlp, "Rebels *attack* again.", kind_above="fear").aspect == "hypothetical"
    assert standing_in(nlp, "The talks should stop after the *attack*.", kind_above="request").aspect == "actual"


def test_a_known_attack_that_is_condemned_stays_certain(nlp):
    assert (
        standing_in(nlp, "They deplored in the strongest terms the *attack*.", kind_above="accuse").certainty
        == "certain"
    )


def test_what_ended_long_before_publication_is_historical(nlp):
    sentence = "Rebels *attacked* the convoy."
    assert standing_in(nlp, sentence, past_days=61).aspect == "historical"
    assert standing_in(nlp, sentence, past_days=3).aspect == "actual"


def test_a_year_in_the_text_does_not_outweigh_a_known_day(nlp):
    assert standing_in(nlp, "Rebels *attacked* the convoy on 3 May 2019.", past_days=2).aspect == "actual"


def test_every_reading_names_its_reasons(nlp):
    standing = standing_in(nlp, "The envoy did not call for a *ceasefire*.")
    assert any("call" in reason for reason in standing.because)
    assert any("negated" in reason for reason in standing.because)


def test_capitals_are_read_like_other_text(nlp):
    assert standing_in(nlp, "THE ARMY DENIED THAT IT *SHELLED* THE TOWN.").polarity == "denied"


def test_factuality_falls_from_fact_over_hedge_to_denial(nlp):
    sentences = (
        "Rebels *attacked* the convoy.",
        "Rebels may have *attacked* the convoy.",
        "Rebels did not *attack* the convoy.",
    )
    values = [factuality(standing_in(nlp, s)) for s in sentences]
    assert values == sorted(values, reverse=True)
    assert all(-3 <= v <= 3 for v in values)


def test_with_its_token_the_network_judges_and_always_alike(nlp):
    doc = nlp("The army denied that it shelled the town.")
    denied, other = (next(t for t in doc if t.text == word) for word in ("shelled", "denied"))
    assert factuality(stand(denied), denied) == factuality(stand(denied), denied)
    assert factuality(stand(denied), denied) < factuality(stand(other), other)


def test_without_a_tensor_the_table_judges(nlp):
    doc = nlp.make_doc("Rebels attacked.")
    standing = Standing("actual", "affirmed", "certain")
    assert factuality(standing, doc[1]) == factuality(standing)

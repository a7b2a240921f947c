"""Which column of somebody else's table holds what: headings of SystmOne, EMIS and many others.

A heading is brought to one spelling (`CHILD_FIRST_NAME`, `First name` and `firstName` are one) and
looked up. What is not known stays out, is shown, and may be given a field by whoever imports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from linkworker.text import folded

FIELDS: dict[str, str] = {
    "name": "Full name",
    "title": "Title",
    "given": "First name",
    "middle": "Middle names",
    "family": "Family name",
    "called": "The name they like",
    "other_names": "Another or earlier name",
    "born": "Birth date",
    "died": "Date of death",
    "nhs_number": "NHS number",
    "gender": "Gender",
    "sex": "Sex",
    "pronouns": "Pronouns",
    "ethnic_category": "Ethnic category",
    "religion": "Religion",
    "marital_status": "Marital status",
    "employment": "Work or study",
    "language": "Language",
    "interpreter": "Interpreter",
    "mobile": "Mobile phone",
    "home_phone": "Home phone",
    "work_phone": "Work phone",
    "phone": "Phone",
    "email": "E-mail",
    "address": "Address in one cell",
    "building": "House name or flat",
    "house_number": "House number",
    "street": "Road, or house number and road",
    "line1": "Address line 1",
    "line2": "Address line 2",
    "line3": "Address line 3",
    "locality": "Village or locality",
    "area": "Area, ward or neighbourhood",
    "town": "Town",
    "county": "County",
    "postcode": "Postcode",
    "gp_practice": "GP practice",
    "gp_practice_code": "GP practice code",
    "tie1_name": "Somebody close: name",
    "tie1_relationship": "Somebody close: relationship",
    "tie1_phone": "Somebody close: phone",
    "tie2_name": "Somebody else close: name",
    "tie2_relationship": "Somebody else close: relationship",
    "tie2_phone": "Somebody else close: phone",
    "carer_name": "Carer: name",
    "carer_relationship": "Carer: relationship",
    "deleted": "Marked as deleted",
    "confidential": "Marked as confidential",
    "note": "A first note",
}
"""What a column may hold: the field and how it is called on the screen."""

MANY = frozenset(
    {"phone", "mobile", "home_phone", "work_phone", "email", "other_names", "deleted"}
    | {"confidential", "note", "area"}
)
"""Fields that several columns may hold.

No heading is taken for a `note` by itself: what other people wrote may be what should be kept
apart, so whoever imports looks first and says which column it is.
"""

NAMING = frozenset({"name", "given", "family", "called"})
"""Without one of these a table is not one of people."""

_SPELLINGS: dict[str, str] = {
    "name": "name fullname patientname clientname personname contactname nameofperson",
    "title": "title salutation prefix nametitle",
    "given": "given givenname givennames forename forenames firstname firstnames first fname "
    "firstgivenname legalfirstname",
    "middle": "middle middlename middlenames secondname secondforename otherforenames mname",
    "family": "family familyname surname lastname last lname legallastname",
    "called": "called knownas preferredname preferredgivenname preferredfirstname "
    "preferredforename likestobecalled nickname callingname prefersname namepreferred",
    "other_names": "othernames othername alias aliases previoussurname previousname previousnames "
    "formername maidenname birthname previousfamilyname birthsurname",
    "born": "born birthdate dateofbirth datebirth dob birthday dateborn bdate",
    "died": "died dateofdeath datedeath deceaseddate dod deathdate",
    "nhs_number": "nhs nhsnumber nhsno nhsnum nhsid newnhsnumber nhsnumberformatted",
    "gender": "gender genderidentity personstatedgender statedgender",
    "sex": "sex birthsex sexatbirth legalsex",
    "pronouns": "pronouns pronoun",
    "ethnic_category": "ethniccategory ethnicity ethnicgroup ethnicorigin ethniccategorycode "
    "raceethnicity ethnicitycode",
    "religion": "religion faith religiousaffiliation",
    "marital_status": "maritalstatus civilstatus",
    "employment": "employment occupation employmentstatus job",
    "language": "language mainlanguage firstlanguage preferredlanguage spokenlanguage "
    "mainspokenlanguage",
    "interpreter": "interpreter interpreterrequired interpreterneeded needsinterpreter "
    "requiresinterpreter",
    "mobile": "mobile mobilephone mobilenumber mobiletelephone mobileno mobilephonenumber "
    "mobiletel cell cellphone",
    "home_phone": "homephone hometelephone hometel homephonenumber homenumber "
    "hometelephonenumber landline landlinenumber",
    "work_phone": "workphone worktelephone worktel worknumber workphonenumber businessphone",
    "phone": "phone phonenumber telephone telephonenumber telephoneno tel telno contactnumber "
    "contactphone phone1 phone2 telephone1 telephone2 phoneno contacttelephone "
    "preferredphone primaryphone",
    "email": "email emailaddress emails primaryemail contactemail email1",
    "address": "address fulladdress homeaddress addressfull currentaddress postaladdress "
    "usualaddress",
    "building": "building housename nameofbuilding housenameflatnumber flat buildingname "
    "flatnumber housenameornumber subbuilding",
    "house_number": "housenumber numberofbuilding houseno buildingnumber",
    "street": "street streetaddress road numberandstreet housenumberandroad nameofroad streetname "
    "numberandroad",
    "line1": "addressline1 address1 line1 street1 addr1 homeaddressline1 addressfirstline",
    "line2": "addressline2 address2 line2 street2 addr2 homeaddressline2 addresssecondline",
    "line3": "addressline3 address3 line3 street3 addr3 homeaddressline3",
    "locality": "locality village nameoflocality villageorlocality hamlet suburb villageorparish "
    "villageorhamlet",
    "area": "area place neighbourhood neighborhood ward electoralward wardname estate parish "
    "civilparish parishname patch district localarea areaname neighbourhoodname placename "
    "areaoftown partoftown villageorpartoftown areaorward livesin wherelives wheretheylive "
    "location community localcommunity",
    "town": "town city posttown nameoftown towncity townorcity addresstown addressline4 address4 "
    "townname hometown villageortown townorvillage townvillage",
    "county": "county nameofcounty addressline5 address5",
    "postcode": "postcode postalcode fullpostcode zip zipcode postzip homepostcode "
    "postcodeofusualaddress addresspostcode",
    "gp_practice": "gppractice practicename surgery gpsurgery registeredpractice gp gpname "
    "practice",
    "gp_practice_code": "practicecode gppracticecode odscode registeredpracticecode gpcode "
    "practiceodscode",
    "tie1_name": "parent1name nextofkin nextofkinname nok nokname emergencycontact "
    "emergencycontactname parentname parentcarername guardianname",
    "tie1_relationship": "parent1relationship nextofkinrelationship nokrelationship "
    "emergencycontactrelationship parentrelationship",
    "tie1_phone": "parent1phone nextofkinphone nextofkintelephone nokphone noktelephone "
    "emergencycontactphone emergencycontactnumber emergencycontacttelephone parentphone",
    "tie2_name": "parent2name",
    "tie2_relationship": "parent2relationship",
    "tie2_phone": "parent2phone",
    "carer_name": "carername carer maincarer",
    "carer_relationship": "carerrelation carerrelationship",
    "deleted": "deleted removeddata isdeleted",
    "confidential": "isconfidential confidential spinesensitive sensitive isensitive",
}

_BY_SPELLING = {
    spelling: target for target, spellings in _SPELLINGS.items() for spelling in spellings.split()
}
_WHOSE = re.compile(
    r"^(?:child|patient|client|person|resident|member|participant|individual)s?(?=.)"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_EXPLAINED = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*")


def spelling_of(heading: str) -> str:
    """Return a heading in the one spelling by which it is looked up."""
    plain = folded(_CAMEL.sub(" ", _EXPLAINED.sub(" ", heading)))
    return re.sub(r"[^a-z0-9]+", "", plain)


def field_of(heading: str) -> str | None:
    """Return the field that a heading names, None where it is not known."""
    spelling = spelling_of(heading)
    for candidate in (spelling, _WHOSE.sub("", spelling)):
        if candidate in _BY_SPELLING:
            return _BY_SPELLING[candidate]
    return None


def recognised(headings: Sequence[str]) -> list[str | None]:
    """Return the field of each column; of two that say the same, the first has it.

    A field that several columns may hold (`MANY`) goes to all of them.
    """
    taken: set[str] = set()
    fields: list[str | None] = []
    for heading in headings:
        target = field_of(heading)
        if target in taken and target not in MANY:
            target = None
        if target:
            taken.add(target)
        fields.append(target)
    return fields

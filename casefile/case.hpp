// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A case file's content as plain values, each with its place.
///
/// Nothing here knows what a proposition means: ids and names are text, references are checked to
/// exist and no more. The keys, their types and ranges stand in docs/formats/case.toml.md.

#pragma once

#include "casefile/place.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cmq::casefile {

// The enumerators stand in the order of the words in case_schema.cpp; to_word() gives the word.

enum class Language : std::uint8_t { fr, en };
enum class ReportRole : std::uint8_t { court, party, laboratory };
enum class CaptureRole : std::uint8_t {
    evidence,
    blank,
    reference, ///< marker sample of the same lot, or a named confounder
    ambient,
    visible,
    dark,
    flat,
    scale,
    joined, ///< the scene of another capture, behind another filter or under another lamp
};
/// What a mark of the marker does to the light that the camera sees.
enum class Marks : std::uint8_t {
    lighter, ///< gives light off: a fluorescent marker under its lamp
    darker,  ///< takes light away: a coloured marker in ordinary light
};
enum class CircumstanceKind : std::uint8_t { film, picture, statement, other };
enum class DeliveryKind : std::uint8_t { pellet, spray, shower, drone, crowd, other };
enum class EventKind : std::uint8_t {
    contact,      ///< two carriers touch
    wear,         ///< a garment against what wears it
    package,      ///< an object against its bag
    search,       ///< hands or gloves of one who searches against what is searched
    handcuffing,  ///< gloves and cuffs against hands and wrists
    swab,         ///< a sample is taken from one carrier
    wash,         ///< one carrier is washed
    glove_change, ///< one carrier is replaced by a clean one
};
enum class Pressure : std::uint8_t { light, normal, firm };
enum class Surface : std::uint8_t {
    skin,   ///< hands, face, neck, hair
    porous, ///< cloth, paper, uncoated wood
    smooth, ///< glass, metal, plastic, coated gloves
};
enum class Side : std::uint8_t { prosecution, defence, neither };
enum class ExaminedBy : std::uint8_t { visual, instrument };
enum class ObservationKind : std::uint8_t {
    detected,
    not_detected, ///< looked for and not seen
    not_examined, ///< nobody looked: says nothing
    count,
    amount,
    reading, ///< a marker code as read by a laboratory
    search,  ///< many people looked at: kept in Case::searches, never an Observation
};
/// What a laboratory reports where it reports no code.
enum class ReadingResult : std::uint8_t { no_code, inconclusive };
enum class Room : std::uint8_t { dark, dimmed, lit, daylight };
enum class Grade : std::uint8_t {
    measured_on_product, ///< on the marker of the case
    measured_on_proxy,   ///< on something taken to behave alike
    expert_judgement,    ///< nobody has published a measurement
    reported,            ///< an observation written in a document, not measured for this case
};

[[nodiscard]] std::string_view to_word(Language value) noexcept;
[[nodiscard]] std::string_view to_word(ReportRole value) noexcept;
[[nodiscard]] std::string_view to_word(CaptureRole value) noexcept;
[[nodiscard]] std::string_view to_word(Marks value) noexcept;
[[nodiscard]] std::string_view to_word(CircumstanceKind value) noexcept;
[[nodiscard]] std::string_view to_word(DeliveryKind value) noexcept;
[[nodiscard]] std::string_view to_word(EventKind value) noexcept;
[[nodiscard]] std::string_view to_word(Pressure value) noexcept;
[[nodiscard]] std::string_view to_word(Surface value) noexcept;
[[nodiscard]] std::string_view to_word(Side value) noexcept;
[[nodiscard]] std::string_view to_word(ExaminedBy value) noexcept;
[[nodiscard]] std::string_view to_word(ObservationKind value) noexcept;
[[nodiscard]] std::string_view to_word(ReadingResult value) noexcept;
[[nodiscard]] std::string_view to_word(Room value) noexcept;
[[nodiscard]] std::string_view to_word(Grade value) noexcept;

/// A time known to within an interval, in minutes since midnight of the case's day (local time).
struct Moment {
    double minutes = 0.0;
    double uncertainty_min = 0.0; ///< the true time lies within minutes +- this, uniformly
    std::string written;          ///< as in the file: "12:40", "2026-11-21 12:40"
};

/// A text that a court reads, in both languages; equal when the file gives one for both.
struct Bilingual {
    std::string fr;
    std::string en;
};

/// Why a probability was stated, and by whom.
struct Reasons {
    Bilingual text;     ///< "" when not given
    std::string author; ///< "" when not given
};

/// Where a statement that is not our own measurement was written.
struct Source {
    std::string document;    ///< "PV 12"
    std::optional<int> page; ///< from 1
    std::string words;       ///< as written there
    std::string author;      ///< a role or number, never a name
    std::string date;        ///< ISO 8601, "" when not given
};

struct CaseHead {
    Place place;
    Placed<std::string> id;
    Placed<Language> language;
    std::string stage; ///< one of the words of the schema; "" when not given
    Bilingual title;
    std::string day; ///< ISO 8601: the day whose midnight is minute 0; "" when not given
    std::vector<Placed<std::string>> held; ///< papers on file already: ids of requests
};

/// What page 1 of a note says about who made it.
struct ReportHead {
    Place place;
    std::string date; ///< ISO 8601
    ReportRole role = ReportRole::party;
    std::string author; ///< "" when nobody signs
    std::string capacity;
    std::string reviewer;
    std::string propositions_chosen_by;
    std::string propositions_chosen_on;       ///< ISO 8601, "" when not given
    std::optional<bool> results_known_before; ///< were results known when they were chosen?
};

/// Who was screened under the lamp, and how many of them glowed. Where the case has no [population], the
/// only search that an observation reports.
struct Population {
    Place place;
    int checked = 0;
    int glowing = 0; ///< <= checked
};

/// The declared reference examination: what fixes the detection limit (DL) that amounts are given in.
struct Examination {
    Place place;
    std::vector<Placed<std::string>> blanks; ///< capture ids of role blank
    std::optional<Placed<std::string>>
        reference;                              ///< capture id of role reference: the lot's colour
    std::optional<Placed<double>> false_traces; ///< expected false traces a frame, > 0
};

struct Capture {
    Place place;
    Placed<std::string> id;
    Placed<std::string> file; ///< relative to the case file's folder, or absolute
    Placed<CaptureRole> role;
    std::optional<Placed<std::string>> zone; ///< a carrier id; always present for evidence
    /// Id of the evidence capture this one serves; of role joined: of the evidence or reference whose traces are
    /// measured in it, always present.
    std::optional<Placed<std::string>> of;
    std::optional<Placed<Moment>> at;
    std::optional<double> lamp_nm;
    std::string filter;
    std::string
        substrate; ///< what is looked at: "skin", "white cotton"; compared between references and evidence
    std::optional<double> mm_per_photosite;
    std::string material;              ///< of a reference: "marker" or the confounder's name
    std::optional<std::string> sha256; ///< 64 lower-case hexadecimal digits, as recorded elsewhere
    std::optional<Placed<std::string>>
        profile; ///< camera profile (calibrate), relative to the case file's folder
    std::optional<Placed<std::string>> subtract; ///< id of the ambient capture that is taken off
    std::optional<Placed<Marks>> marks = {};     ///< that are sought; absent: lighter
    bool unmoved =
        false; ///< of role joined: somebody's word that nothing moved, so that no alignment is sought
};

/// Part of a frame, in photosites of the visible area.
struct Region {
    double x = 0.0;
    double y = 0.0;
    double width = 0.0;
    double height = 0.0;
};

/// Spots of one sample of known material, on a capture of role reference.
struct Reference {
    Place place;
    Placed<std::string> of_class; ///< name of a [[colour_class]]
    Placed<std::string> capture;
    std::string sample;           ///< spots of one sample share it
    std::optional<Region> region; ///< traces whose centre lies in it; absent: all of the capture
};

/// A class of materials that a trace's colour is set against.
struct ColourClass {
    Place place;
    Placed<std::string> id;               ///< its name; "marker" is the lot in question
    std::optional<Placed<double>> weight; ///< of a rival, always present for one
    std::optional<Placed<std::string>>
        library;      ///< table of spots (CSV), relative to the case file's folder
    Bilingual source; ///< of the library
};

/// A person-zone, an object or a place.
struct Carrier {
    Place place;
    Placed<std::string> id;
    Placed<Surface> surface;
    Bilingual label; ///< for the report; "" when not given
};

struct Delivery {
    Place place;
    Placed<std::string> id;
    Placed<DeliveryKind> kind;
    Placed<Moment> at;
    std::vector<std::pair<Placed<std::string>, double>> zones; ///< share of the load; sum <= 1
    Placed<double> probability{1.0, {}};
    Reasons reasons;   ///< of the probability
    std::string cause; ///< occurrences of one cause happen together; "" = its own
    std::optional<Placed<double>> amount_dl; ///< mean load in detection limits, if measured
    double distance_m = 0.0; ///< from launcher or nozzle, or the drone's height; 0: not stated
    std::vector<std::pair<Placed<std::string>, double>>
        offsets_m; ///< of zones that lie beside the middle of where the marker went
    std::optional<double> aim_offset_m{}; ///< from the point aimed at to the body of these zones
    double body_half_width_m = 0.25;
    int contacts = 0; ///< of a crowd, with unknown people
    Bilingual label;
};

struct Event {
    Place place;
    Placed<std::string> id;
    Placed<EventKind> kind;
    std::vector<Placed<std::string>> carriers; ///< two for `between`, one for `on`
    Placed<Moment> at;
    Placed<double> probability{1.0, {}};
    Reasons reasons; ///< of the probability
    std::string cause;
    bool friction = false; ///< rubbing: bound marker moves too
    bool solvent = false;
    std::optional<Pressure> pressure;         ///< absent: that of the kind
    double area = 1.0;                        ///< relative to a palm, > 0
    bool one_way = false;                     ///< from the first carrier to the second only
    std::optional<Placed<std::string>> after; ///< a delivery, event or contamination before it
    Bilingual label;
};

/// Marker that may have come by custody or laboratory: gloves, lamp, bench. One cause, however many
/// zones it reaches; it stands in every proposition.
struct Contamination {
    Place place;
    Placed<std::string> id;
    std::vector<std::pair<Placed<std::string>, double>> zones; ///< share of the load; sum <= 1
    Placed<Moment> at;
    Placed<double> probability; ///< that it happened
    Reasons reasons;            ///< of the probability
    std::string cause;
    std::optional<Placed<double>> amount_dl; ///< mean load in detection limits
    Bilingual label;
};

/// A class of things that glow like the marker and are not.
struct Lookalike {
    Place place;
    Placed<std::string> id;
    std::optional<Placed<double>> prevalence; ///< absent: no data, then shown as a curve
    std::optional<Placed<double>> seen;       ///< probability that it is seen where it is
    bool other_lot = false;                   ///< marker of another lot
    std::string source;                       ///< of the prevalence, "" when not given
    Bilingual label;
};

struct Observation {
    Place place;
    Placed<std::string> id; ///< "observation-1" ... in file order when not given
    Placed<std::string> zone;
    Placed<ObservationKind> kind;
    std::optional<Placed<double>> value; ///< count: quanta counted; amount: detection limits
    std::optional<Placed<double>> sigma; ///< amount: its standard uncertainty, detection limits
    std::string code;                    ///< reading: the code as written
    std::optional<Placed<Moment>> at;    ///< when the zone was examined
    ExaminedBy examined_by = ExaminedBy::visual;
    std::string colour;                ///< as written there; "" when nothing is written
    std::optional<double> size_mm;     ///< longest length written there
    std::string lamp;                  ///< as written there: make, power, goggles
    std::optional<double> lamp_nm;     ///< its wavelength
    std::string filter;                ///< of the lamp, goggles or camera
    std::optional<double> distance_cm; ///< from lamp to zone
    std::optional<Room> room;
    Source source;
    Grade grade = Grade::reported;
};

/// An exhibit under seal, with its opening and re-sealing as far as the case says.
struct Seal {
    Placed<std::string> number; ///< as written on it
    Bilingual holds;
    std::optional<Placed<std::string>> zone; ///< the carrier under it, or the one it was taken from
    std::string sealed_on;                   ///< dates in ISO 8601, "" when not given
    std::string sealed_by;                   ///< a role or number, never a name
    Bilingual condition;                     ///< as received
    std::string opened_on;
    std::string opened_by;
    std::string resealed_on;
    std::string resealed_as; ///< number of the new seal; "" when not given
};

/// What the file holds beside findings, a film of the shot for example: told in the note, and never scored.
struct Circumstance {
    Placed<CircumstanceKind> kind;
    Bilingual shows; ///< what it shows or says
    Source source;
};

/// A claim of the library that a document of the case relies on.
struct StatedClaim {
    Placed<std::string> id; ///< of the library (claims.hpp)
    Source source;
};

/// The lot that the account speaks of, and whose hands lots may have come from.
struct Marker {
    Place place;
    Placed<std::string> lot; ///< as the registry names it
    std::optional<Placed<std::string>>
        registry; ///< registry.toml, relative to the case file's folder
    std::optional<Placed<std::string>> registry_sha256; ///< as recorded elsewhere
    std::vector<Placed<std::string>> arrested_by;       ///< codes that the registry uses too
    std::vector<Placed<std::string>> searched_by;
    std::vector<Placed<std::string>> vehicles; ///< that carried the person
};

/// A laboratory's reading of the marker's code on one zone: files of an instrument, or what a document reports.
struct Reading {
    Place place;
    Placed<std::string> id; ///< "reading-1" ... in file order when not given
    Placed<std::string> zone;
    std::vector<Placed<std::string>> files;  ///< of one sample; none: reported
    std::vector<Placed<std::string>> sha256; ///< of these, as recorded elsewhere; or none
    std::vector<Placed<std::string>> negative_controls;
    std::vector<Placed<std::string>> extraction_controls;
    std::vector<Placed<std::string>> environment_controls;
    std::vector<Placed<std::string>> positive_controls;
    std::string forward; ///< primers of amplicons; "" when not given
    std::string reverse;
    int umi = 0;                             ///< bases of a molecular identifier
    std::optional<Placed<std::string>> code; ///< reported: the lot that the laboratory says it read
    std::optional<ReadingResult> result;     ///< reported without a code
    std::optional<Placed<double>> error_rate; ///< reported: of the laboratory, > 0
    std::optional<Placed<double>> clerical_error_rate;
    std::optional<Placed<double>> miss_rate; ///< marker is there and no code is read
    std::string rates_source;
    std::string laboratory; ///< "" when not stated; codes, never names
    std::string run;
    std::string examiner;
    std::vector<Placed<std::string>> swabbed_by;
    std::optional<Placed<Moment>> at; ///< when the zone was examined, where nothing else tells
    Source source;                    ///< document "" when not given
};

/// A search of many people under the lamp, as a document reports it.
struct SearchReport {
    Place place;
    Placed<std::string> id; ///< as of an observation
    Population population;
    std::optional<Placed<Moment>> at;
    std::string lamp;
    Source source;
};

struct Proposition {
    Place place;
    Placed<std::string> id;
    Placed<Side> side;
    Bilingual text; ///< "" when not given
    std::vector<Placed<std::string>> deliveries;
    std::vector<Placed<std::string>> events;
};

struct Comparison {
    Place place;
    Placed<std::string> h1;
    Placed<std::string> h2;
};

/// A zone that is to be examined: the plan made before the results.
struct Planned {
    Place place;
    Placed<std::string> zone;
    std::optional<Placed<Moment>> at; ///< when it will be examined
    ExaminedBy examined_by = ExaminedBy::visual;
};

/// A scientist's own probability of findings under one proposition, in place of the model's.
struct Assigned {
    Place place;
    Placed<std::string> proposition;
    std::vector<Placed<std::string>> zones; ///< none: of all findings; else given the others
    Placed<double> probability;             ///< (0, 1]
    std::optional<Placed<double>> low;      ///< <= probability
    std::optional<Placed<double>> high;     ///< >= probability
    Reasons reasons;
    std::string date; ///< ISO 8601, "" when not given
};

/// A value of the library replaced for this case: a number, or a distribution by name with its
/// numbers.
struct ParameterOverride {
    Place place;
    Placed<std::string> name;
    std::string distribution; ///< "fixed" for a plain number
    std::vector<std::pair<std::string, Placed<double>>>
        numbers; ///< "value", or "median", "gsd" ...
    Bilingual conditions;
    Bilingual source;
    Grade grade = Grade::expert_judgement;
};

struct Settings {
    Place place;
    std::uint64_t seed = 1;
    std::optional<std::uint64_t> draws; ///< prior draws; absent: the method's default
};

struct Case {
    std::string file; ///< as named by the caller
    bool demonstration = false;
    CaseHead head;
    ReportHead report;
    std::optional<Population> population;
    std::optional<Examination> examination;
    std::vector<Capture> captures;
    std::vector<Reference> references;
    std::vector<ColourClass> colour_classes;
    std::optional<Placed<double>>
        unknown_weight; ///< [colour]; always present where there are colour classes
    std::vector<Carrier> carriers;
    std::vector<Delivery> deliveries;
    std::vector<Event> events;
    std::vector<Contamination> contaminations;
    std::vector<Lookalike> lookalikes;
    std::vector<Observation> observations;
    std::vector<SearchReport> searches;
    std::vector<Seal> seals;
    std::vector<StatedClaim> claims;
    std::vector<Circumstance> circumstances;
    std::optional<Marker> marker; ///< always present where there are readings
    std::vector<Reading> readings;
    std::vector<Planned> planned;
    std::vector<Proposition> propositions;
    std::vector<Comparison> comparisons;
    std::vector<Assigned> assigned;
    std::vector<ParameterOverride> parameters;
    Settings settings;
};

/// Whether marks that take light away are sought in it.
[[nodiscard]] bool seeks_darker(Capture const& capture) noexcept;

/// Whether they are in the captures that the case measures (evidence, blank, reference): in all of them or in none.
[[nodiscard]] bool seeks_darker(Case const& of) noexcept;

/// Indices of the captures that are joined to this one, in file order.
[[nodiscard]] std::vector<std::size_t> joined_to(Case const& of, Capture const& capture);

/// Captures that a trace's colour rests on, the evidence among them: the same for all evidence and references.
[[nodiscard]] std::size_t colour_captures(Case const& of);

/// Where a file named in the case lies: absolute names as they are, others below the case's folder.
[[nodiscard]] std::string resolve_path(Case const& of, std::string const& file);

} // namespace cmq::casefile

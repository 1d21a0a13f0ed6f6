# cmq_add_module(<name> [TEXT] SOURCES ... HEADERS ... [MODULES ...] [SYSTEM_HEADERS ...] [LIBRARIES ...])
#
# Makes the static library cmq_<name>, its alias cmq::<name>, and one row of the layer table.
#   TEXT            its work is text and files, not loops over numbers: -O1, which saves a quarter of its compile time;
#                   what is no text gets -O1 under sanitizers too, which halves the time of its tests
#   HEADERS         public headers; each is compiled alone by the target all_verify_interface_header_sets
#   MODULES         the modules whose headers <name> may include (and links to)
#   SYSTEM_HEADERS  prefixes of third-party headers <name> may include ("libraw/", "Q")
#   LIBRARIES       third-party targets, always PRIVATE: no public header shows them
add_library(cmq_options INTERFACE)
add_library(cmq::options ALIAS cmq_options)
target_compile_features(cmq_options INTERFACE cxx_std_20)
target_compile_options(cmq_options INTERFACE -ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                       -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
                       -Wno-restrict # g++ 12 sees overlaps in std::string that are not there (GCC bug 105651)
                       $<$<BOOL:${CMQ_WERROR}>:-Werror>)

# What must stay free of sanitizers (the decoder dies of them under its memory limit) links this.
add_library(cmq_options_plain INTERFACE)
add_library(cmq::options_plain ALIAS cmq_options_plain)
target_link_libraries(cmq_options_plain INTERFACE cmq_options)

# Everything else links this: options and, where asked for, sanitizers.
add_library(cmq_options_checked INTERFACE)
add_library(cmq::options_checked ALIAS cmq_options_checked)
target_link_libraries(cmq_options_checked INTERFACE cmq_options)
if(CMQ_SANITIZE)
  target_compile_options(cmq_options_checked INTERFACE -fsanitize=${CMQ_SANITIZE} -fno-sanitize-recover=all
                         -fno-omit-frame-pointer)
  target_link_options(cmq_options_checked INTERFACE -fsanitize=${CMQ_SANITIZE})
endif()

# One row of the layer table: folder|folders it may include|third-party prefixes it may include
function(cmq_add_layer folder)
  cmake_parse_arguments(arg "" "" "MODULES;SYSTEM_HEADERS" ${ARGN})
  set(folders "")
  foreach(module IN LISTS arg_MODULES)
    get_target_property(module_folder cmq_${module} CMQ_FOLDER)
    list(APPEND folders "${module_folder}")
  endforeach()
  list(JOIN folders "," folders)
  list(JOIN arg_SYSTEM_HEADERS "," third)
  set_property(GLOBAL APPEND_STRING PROPERTY CMQ_LAYERS "${folder}|${folders}|${third}\n")
endfunction()

function(cmq_add_module name)
  cmake_parse_arguments(arg "TEXT" "" "SOURCES;HEADERS;MODULES;SYSTEM_HEADERS;LIBRARIES" ${ARGN})
  add_library(cmq_${name} STATIC ${arg_SOURCES})
  add_library(cmq::${name} ALIAS cmq_${name})
  target_sources(cmq_${name} PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${arg_HEADERS})
  target_compile_features(cmq_${name} PUBLIC cxx_std_20)
  if(arg_TEXT)
    target_compile_options(cmq_${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  else()
    target_compile_options(cmq_${name} PRIVATE $<$<CONFIG:Debug>:-O1>)
  endif()
  target_link_libraries(cmq_${name} PRIVATE cmq::options_checked ${arg_LIBRARIES})
  set_target_properties(cmq_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  foreach(module IN LISTS arg_MODULES)
    if(NOT TARGET cmq_${module})
      message(FATAL_ERROR "${name} names ${module}, which is not a lower layer")
    endif()
    target_link_libraries(cmq_${name} PUBLIC cmq::${module})
  endforeach()
  file(RELATIVE_PATH folder "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}")
  set_target_properties(cmq_${name} PROPERTIES CMQ_FOLDER "${folder}")
  cmq_add_layer("${folder}" MODULES ${arg_MODULES} SYSTEM_HEADERS ${arg_SYSTEM_HEADERS})
endfunction()

# The layer table of all modules so far becomes the test "layers".
function(cmq_add_layer_test)
  get_property(layers GLOBAL PROPERTY CMQ_LAYERS)
  file(WRITE "${PROJECT_BINARY_DIR}/layers.txt" "${layers}")
  add_test(NAME layers COMMAND ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR}
           -DTABLE=${PROJECT_BINARY_DIR}/layers.txt -P ${PROJECT_SOURCE_DIR}/cmake/check_layers.cmake)
  set_tests_properties(layers PROPERTIES LABELS structure)
endfunction()

# What nearly every test includes, compiled once for all test programs (2 s of processor time for each file).
function(cmq_precompile_test_headers)
  file(WRITE "${PROJECT_BINARY_DIR}/test_headers.cpp" "")
  add_library(cmq_test_headers OBJECT "${PROJECT_BINARY_DIR}/test_headers.cpp")
  cmq_set_test_options(cmq_test_headers)
  target_precompile_headers(cmq_test_headers PRIVATE <gmock/gmock.h> <gtest/gtest.h> <filesystem> <functional> <optional>
                            <span> <string> <vector>)
endfunction()

function(cmq_set_test_options target)
  # Sanitizers watch what is tested, not the tests: these compile in half the time without.
  target_link_libraries(${target} PRIVATE cmq::options GTest::gmock GTest::gtest_main)
  if(CMQ_SANITIZE)
    target_link_options(${target} PRIVATE -fsanitize=${CMQ_SANITIZE})
    target_compile_definitions(${target} PRIVATE CMQ_SANITIZED)
  endif()
  # What is tested keeps the build's optimisation; the tests themselves are half of what there is to compile.
  # g++ 12 sees overflows of std::string that are not there, once its header is precompiled.
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1> -Wno-array-bounds -Wno-stringop-overflow)
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_compile_definitions(${target} PRIVATE
    CMQ_SOURCE_DIR="${PROJECT_SOURCE_DIR}"           # sample_data/ and ../shared/data are found from here
    CMQ_BINARY_DIR="${PROJECT_BINARY_DIR}")
endfunction()

# Too long under sanitizers: statistics over many pictures or cases, which the release build runs.
string(JOIN ":*" CMQ_NOT_SANITIZED "*IsTrueOnWovenCloth" "LimitFlux" "SimulatedQuantumByQuantum" "HoldsAParameterAtTheEnds" "TakesFinerCloth"
       "FluxWithinItsStated" "PositionsWithoutBias" "CheckRestored" "HostileValues" "AnotherSizeOfTheSameView"
       "TrustsNoUnrelatedPictures" "WeighSimulated" "GivesTheRatioOfEverySampleCase" "FindsTheLotAmongAHundred" "IsNextToNothingForAParameter"
       "AgreesWithTheEngine" "TellsAStainOfATenth" "TellsStainsBetween" "FindsNoneOnEmptyFrames" "MeasuresLightAndSize" "KnowsLessOnCloth"
       "IsACaseWhateverTheAnswers" "WorkedExample" "MirrorsItsPatches" "MayTakeATenth" "ChangesNothingForPermutedReadings"
       "CountsTwoReadingsOfOneLaboratory" "SaysNothingBetweenHit" "ChangesNothingForReordered" "AveragesOverTheMultiplier"
       "AreAssignedRightly" "FindsTheLightOfAMovedCapture" "IsNearlyAsSharpAs" "IsNotPulledToThePhotosites" "FollowsAWideSpot"
       "ToldOnTheDarkSide" "TellsByTheSecondCapture" "NamesConditionsOfReferencesThatDiffer" "WriteKit.GivesTheSameBytesTwice" "ScalesWithTheFluxOfTheDroplets")
string(REPLACE ":" "*:" CMQ_NOT_SANITIZED "${CMQ_NOT_SANITIZED}*")

# cmq_add_tests(<folder> SOURCES ... MODULES ... [LIBRARIES ...])
#
# One test program a folder, tests/<folder>/*_test.cpp. Suites named Slow... carry the label slow.
function(cmq_add_tests folder)
  cmake_parse_arguments(arg "" "" "SOURCES;MODULES;LIBRARIES" ${ARGN})
  string(REPLACE "/" "_" target "${folder}_test")
  add_executable(${target} ${arg_SOURCES})
  list(TRANSFORM arg_MODULES PREPEND "cmq::")
  target_link_libraries(${target} PRIVATE ${arg_MODULES} ${arg_LIBRARIES})
  cmq_set_test_options(${target})
  set(label unit)
  if(folder STREQUAL cli)
    set(label cli) # without precompiled headers: preset noqt takes its objects from release's compiler cache
  else()
    add_dependencies(unit_tests ${target})
    if(NOT folder STREQUAL render) # Qt asks for position-independent code, which wants headers of its own
      target_precompile_headers(${target} REUSE_FROM cmq_test_headers)
    endif()
  endif()
  if(CMQ_SANITIZE)
    # One process a program: what many tests share (a computed case) costs half a minute each time under sanitizers.
    add_test(NAME ${target} COMMAND ${target} "--gtest_filter=-Slow*:${CMQ_NOT_SANITIZED}")
    set_tests_properties(${target} PROPERTIES LABELS ${label} TIMEOUT 1800)
    if(target MATCHES "pipeline|detect|transfer|capture|code") # the longest first, so that no core waits for them
      set_tests_properties(${target} PROPERTIES COST 100)
    endif()
    return()
  endif()
  gtest_discover_tests(${target} TEST_FILTER "-Slow*" TEST_LIST ${target}_quick DISCOVERY_TIMEOUT 60
                       PROPERTIES LABELS ${label} TIMEOUT 600)
  gtest_discover_tests(${target} TEST_FILTER "Slow*" TEST_LIST ${target}_slow DISCOVERY_TIMEOUT 60
                       PROPERTIES LABELS slow TIMEOUT 900)
endfunction()

# cmq_add_benchmarks(<folder> SOURCES ... MODULES ...): one program a folder; a short turn in every test run.
function(cmq_add_benchmarks folder)
  cmake_parse_arguments(arg "" "" "SOURCES;MODULES" ${ARGN})
  string(REPLACE "/" "_" target "${folder}_bench")
  add_executable(${target} ${arg_SOURCES})
  list(TRANSFORM arg_MODULES PREPEND "cmq::")
  target_link_libraries(${target} PRIVATE ${arg_MODULES} cmq::options_checked benchmark::benchmark_main)
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
  add_test(NAME bench.${folder} COMMAND ${target} --benchmark_min_time=0.001)
  set_tests_properties(bench.${folder} PROPERTIES LABELS bench TIMEOUT 120)
endfunction()

# cmq_embed_data(<module> <file> <symbol>)
#
# Compiles a data file into cmq_<module>, so that the program needs no data path. Its bytes are
#   namespace cmq::<module> { std::string_view <symbol>(); }
# declared in no public header: whoever reads the file declares the function itself. Built again when
# the file changes.
function(cmq_embed_data module file symbol)
  get_filename_component(input "${file}" ABSOLUTE)
  set(output "${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.cpp")
  string(REPLACE "/" "::" namespace "${module}")
  add_custom_command(OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} -DINPUT=${input} -DOUTPUT=${output} -DSYMBOL=${symbol} -DNAMESPACE=cmq::${namespace}
            -P "${PROJECT_SOURCE_DIR}/cmake/embed_data.cmake"
    DEPENDS "${input}" "${PROJECT_SOURCE_DIR}/cmake/embed_data.cmake"
    COMMENT "Embedding ${file}" VERBATIM)
  target_sources(cmq_${module} PRIVATE "${output}")
endfunction()

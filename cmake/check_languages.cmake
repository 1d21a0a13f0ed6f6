# Fails where the program speaks one language only, in ways that the compiler lets pass.
#
# A Form does not compile without French and English (core/sentence.hpp). Four ways lead around it, and each is looked
# for here:
#   an Error of plain text, put together with "+" or not                 everywhere
#   a text of words that a command writes to a stream by itself          apps/cli/
#   an option whose help is one text, not given through OptionAdder      apps/cli/
#   Sentence::verbatim("...") or ::spoken("...") with words of our own   everywhere
# ROOT is the project; the test languages.finds points it at a folder where each of them stands.
cmake_minimum_required(VERSION 3.25)

set(found "")
set(files_read 0)

function(look_for file pattern meaning)
  file(READ "${file}" text)
  # Semicolons and brackets would split the list of matches; "@@" still ends a statement.
  string(REPLACE ";" " @@ " text "${text}")
  string(REPLACE "[" "(" text "${text}")
  string(REPLACE "]" ")" text "${text}")
  # The name of the program is the same in both languages.
  string(REGEX REPLACE "\"[Cc]ontremarque \"" "\"\"" text "${text}")
  string(REGEX MATCHALL "${pattern}" matches "${text}")
  file(RELATIVE_PATH name "${ROOT}" "${file}")
  foreach(match IN LISTS matches)
    string(APPEND found "  ${name}: ${meaning}: ${match}\n")
  endforeach()
  set(found "${found}" PARENT_SCOPE)
endfunction()

file(GLOB_RECURSE commands "${ROOT}/apps/cli/*.cpp")
foreach(file IN LISTS commands)
  look_for("${file}" "<<[ \t\r\n]*\"[^\"]*[A-Za-z][A-Za-z][A-Za-z][^\"]*\"" "a text of one language")
  look_for("${file}" "add_options\\(\\)\\(\"[^\"]*\",[^\"@]*\"[^\"]*\"" "a help of one language")
endforeach()
foreach(folder apps core system capture detect lab casefile report render)
  file(GLOB_RECURSE sources "${ROOT}/${folder}/*.cpp" "${ROOT}/${folder}/*.hpp")
  foreach(file IN LISTS sources)
    math(EXPR files_read "${files_read} + 1")
    look_for("${file}" "ErrorKind::[a-z]+,[ \t\r\n]*(std::string.)?R?\"[^\"]*\"" "an error of one language")
    look_for("${file}" "Sentence::(verbatim|spoken)\\([ \t\r\n]*\"[^\"]*[A-Za-z][A-Za-z][^\"]*\"" "words given as a name")
  endforeach()
endforeach()
if(files_read EQUAL 0)
  message(FATAL_ERROR "no source was read below ${ROOT}")
endif()
if(NOT found STREQUAL "")
  message(FATAL_ERROR "the program speaks one language only here:\n${found}")
endif()
message(STATUS "${files_read} sources: nothing is said in one language only")

# Fails when a file includes a header that its module's cmq_add_module() call does not allow.
#
# Every #include of every .hpp and .cpp of a module is read. A header of the project must lie in the
# module's own folder or in one of its MODULES; any other header must be part of the C++ standard
# library or of POSIX as listed here, or begin with one of the module's SYSTEM_HEADERS. The longest
# folder name wins, so lab/transfer has rules of its own beside lab/.
cmake_minimum_required(VERSION 3.25)

set(standard algorithm any array atomic bit bitset cctype cerrno cfenv cfloat charconv chrono cinttypes
    climits clocale cmath compare complex concepts condition_variable csetjmp csignal cstdarg cstddef
    cstdint cstdio cstdlib cstring ctime deque exception filesystem fstream functional future
    initializer_list iomanip ios iosfwd iostream istream iterator limits list locale map memory
    memory_resource mutex new numbers numeric optional ostream queue random ranges ratio regex set
    shared_mutex span sstream stack stdexcept stop_token streambuf string string_view system_error
    thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility variant vector)

file(STRINGS "${TABLE}" rows)
set(folders "")
foreach(row IN LISTS rows)
  string(REGEX REPLACE "[|].*" "" folder "${row}")
  list(APPEND folders "${folder}")
endforeach()

function(starts_with_any header prefixes result)
  set(${result} FALSE PARENT_SCOPE)
  foreach(prefix IN LISTS prefixes)
    string(FIND "${header}" "${prefix}" at)
    if(at EQUAL 0)
      set(${result} TRUE PARENT_SCOPE)
    endif()
  endforeach()
endfunction()

set(checked 0)
foreach(row IN LISTS rows)
  string(REGEX MATCH "^([^|]*)[|]([^|]*)[|]([^|]*)$" _ "${row}")
  set(folder "${CMAKE_MATCH_1}")
  string(REPLACE "," ";" modules "${CMAKE_MATCH_2}")
  string(REPLACE "," ";" third   "${CMAKE_MATCH_3}")
  list(TRANSFORM modules APPEND "/")
  file(GLOB_RECURSE files "${ROOT}/${folder}/*.hpp" "${ROOT}/${folder}/*.cpp")
  foreach(file IN LISTS files)
    file(RELATIVE_PATH name "${ROOT}" "${file}")
    # The longest folder of the table that holds this file owns it.
    set(owner "")
    foreach(other IN LISTS folders)
      string(FIND "${name}" "${other}/" at)
      string(LENGTH "${other}" length)
      string(LENGTH "${owner}" best)
      if(at EQUAL 0 AND length GREATER best)
        set(owner "${other}")
      endif()
    endforeach()
    if(NOT owner STREQUAL folder)
      continue()
    endif()
    file(STRINGS "${file}" lines REGEX "^[ \t]*#[ \t]*include")
    foreach(line IN LISTS lines)
      math(EXPR checked "${checked} + 1")
      string(REGEX REPLACE ".*[<\"]([^>\"]*)[>\"].*" "\\1" header "${line}")
      if(line MATCHES "include[ \t]*\"")
        starts_with_any("${header}" "${folder}/;${modules}" allowed)
      else()
        if(header IN_LIST standard)
          set(allowed TRUE)
        else()
          starts_with_any("${header}" "${third}" allowed)
        endif()
      endif()
      if(NOT allowed)
        message(SEND_ERROR "${name} may not include ${header}")
      endif()
    endforeach()
  endforeach()
endforeach()
if(checked LESS 100)
  message(SEND_ERROR "only ${checked} includes were read: the table or the root is wrong")
endif()
message(STATUS "${checked} includes checked")

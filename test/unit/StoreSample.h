#ifndef BOOTORDER_TEST_UNIT_STORESAMPLE_H
#define BOOTORDER_TEST_UNIT_STORESAMPLE_H

#include "model/FactsBuilder.h"

namespace bootorder {

/// A unit in which every field of every fact has a value of its own, as far as
/// checkFacts() lets it.
TuFacts sampleUnit();

/// A header function of that kind.
HeaderFacts sampleHeader(uint64_t Key);

/// Every field of \p Facts as text. It takes structs apart by structured
/// bindings, so that a field it does not know stops the build: then add it here
/// and to the schema.
std::string everyField(const TuFacts &Facts);
std::string everyField(const HeaderFacts &Facts);

} // namespace bootorder

#endif

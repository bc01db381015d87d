//===- MapValues.h - values of the solver in a phase map ------------------===//

#ifndef BOOTORDER_SOLVE_MAPVALUES_H
#define BOOTORDER_SOLVE_MAPVALUES_H

#include "model/PhaseMap.h"
#include "solve/Value.h"

namespace bootorder {

/// \p V without its addresses, which mean nothing in another program.
MapValue mapValueOf(const Value &V);

/// What \p V tells.
Value valueOf(const MapValue &V);

/// Whether \p V tells anything.
inline bool tellsAnything(const MapValue &V) { return !(V == MapValue()); }

} // namespace bootorder

#endif

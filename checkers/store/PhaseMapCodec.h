//===- PhaseMapCodec.h - phase maps to and from FlatBuffers, for this folder
//===//

#ifndef BOOTORDER_STORE_PHASEMAPCODEC_H
#define BOOTORDER_STORE_PHASEMAPCODEC_H

#include "store/phase-map_generated.h"
#include "llvm/ADT/StringRef.h"

namespace bootorder {

constexpr llvm::StringLiteral PhaseMapMagic = "BOPHASE\n";
constexpr size_t PhaseMapHeaderSize = 32;

} // namespace bootorder

#endif

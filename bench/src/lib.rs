//! Nothing: the benchmark is in `benches/`, in a crate of its own because it needs a pack as native code, which neither
//! host nor tests may depend on.

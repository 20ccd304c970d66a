// Some tests count what the whole process allocates, or start processes: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

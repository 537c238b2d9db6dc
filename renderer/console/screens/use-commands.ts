import { useMutation, type UseMutationResult, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { z } from 'zod';
import { type CommandsResponse, commandsResponseSchema, type RemoteOrder } from '../../../src/contract/index.ts';
import { hubFetch } from '../live/hub-fetch.ts';

/** A screen answers within seconds, and whoever pressed a button looks on. */
const WAITING_MS = 1_000;
const IDLE_MS = 10_000;

const issuedSchema = z.object({ id: z.uuid() });

/** What was asked of a screen, the newest first, and the picture that there is of its stage. */
export function useCommands(screen: string): UseQueryResult<CommandsResponse> {
  return useQuery({
    queryKey: ['commands', screen],
    queryFn: () => hubFetch(commandsResponseSchema, `/api/screens/${screen}/commands`),
    refetchInterval: ({ state }) => (state.data?.commands.some((command) => command.state === 'waiting') === true ? WAITING_MS : IDLE_MS),
  });
}

/** Asks something of a screen. That the hub took it says nothing yet of the screen: its answer stands in `useCommands`. */
export function useOrder(screen: string): UseMutationResult<unknown, Error, RemoteOrder> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (order: RemoteOrder) => hubFetch(issuedSchema, `/api/screens/${screen}/commands`, { method: 'POST', body: JSON.stringify(order) }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['commands', screen] }),
  });
}
